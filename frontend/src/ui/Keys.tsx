import { createContext, type ReactNode, use, useMemo } from "react";
import { capsOf } from "../core/actions";
import { type KeySettings, programKeys, readKeys, withKeys } from "../core/keymap";
import type { WorkAction } from "../core/work/context";
import { workActions } from "../core/workActions";
import type { PlainKey } from "../i18n/catalogue";
import { useWords } from "./i18n";

interface Keys {
  readonly settings: KeySettings;
  /** Every action under the account's keys. */
  readonly actions: readonly WorkAction[];
}

const Context = createContext<Keys>({ settings: programKeys, actions: workActions });

interface ProviderProps {
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly children: ReactNode;
}

/** Tells everything inside which keys the account uses. */
export function KeysProvider({ preferences, children }: ProviderProps) {
  const keys = useMemo(() => {
    const settings = readKeys(preferences);
    return { settings, actions: withKeys(workActions, settings) };
  }, [preferences]);
  return <Context value={keys}>{children}</Context>;
}

/** Which keys the account uses, and every action under them. */
export function useKeys(): Keys {
  return use(Context);
}

/** The caps of an action under the account's keys. */
export function useCaps(id: string): readonly string[] {
  const action = useKeys().actions.find((item) => item.id === id);
  return action ? capsOf(action) : [];
}

/** The caps of an action under the account's keys, in a row; nothing where it has no key. */
export function Caps({ action }: { action: Pick<WorkAction, "id"> }) {
  const caps = useCaps(action.id);
  if (caps.length === 0) return null;
  return (
    <span className="caps">
      {caps.map((cap) => (cap === "–" ? <span key={cap}>{cap}</span> : <kbd key={cap}>{cap}</kbd>))}
    </span>
  );
}

/** All actions by their groups. */
export function byGroup(actions: readonly WorkAction[]): [PlainKey, WorkAction[]][] {
  const groups = [...new Set<PlainKey>(actions.map((action) => action.group))];
  return groups.map((group) => [group, actions.filter((action) => action.group === group)]);
}

/** All actions with their keys, by group. */
export function KeyList({ actions }: { actions: readonly WorkAction[] }) {
  const words = useWords();
  return (
    <div className="key-list">
      {byGroup(actions).map(([group, items]) => (
        <section key={group}>
          <h3>{words.t(group)}</h3>
          <dl>
            {items.map((action) => (
              <div key={action.id} data-listed={action.id}>
                <dt>
                  <Caps action={action} />
                </dt>
                <dd>{words.t(action.label)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
