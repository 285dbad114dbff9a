import { createContext, type ReactNode, use, useMemo } from "react";
import { type Action, capsOf } from "../core/actions";
import { type KeySettings, programKeys, readKeys, withKeys } from "../core/keymap";
import type { PlainKey } from "../i18n/catalogue";
import { useWords } from "./i18n";

type Listed = Pick<Action<never>, "id" | "label" | "group" | "keys" | "caps" | "fixed">;

const Settings = createContext<KeySettings>(programKeys);

/** Tells everything inside which keys the account uses. */
export function KeysProvider({
  preferences,
  children,
}: {
  preferences: Readonly<Record<string, unknown>>;
  children: ReactNode;
}) {
  const settings = useMemo(() => readKeys(preferences), [preferences]);
  return <Settings value={settings}>{children}</Settings>;
}

/** Which keys the account uses. */
export function useKeySettings(): KeySettings {
  return use(Settings);
}

/** The caps of an action under the account's keys, in a row; nothing where it has no key. */
export function Caps({ action }: { action: Pick<Listed, "id" | "keys" | "caps" | "fixed"> }) {
  const settings = useKeySettings();
  const caps = withKeys([action], settings).flatMap(capsOf);
  if (caps.length === 0) return null;
  return (
    <span className="caps">
      {caps.map((cap) => (cap === "–" ? <span key={cap}>{cap}</span> : <kbd key={cap}>{cap}</kbd>))}
    </span>
  );
}

/** All actions with their keys, by group. */
export function KeyList({ actions }: { actions: readonly Listed[] }) {
  const words = useWords();
  const groups = [...new Set<PlainKey>(actions.map((action) => action.group))];
  return (
    <div className="key-list">
      {groups.map((group) => (
        <section key={group}>
          <h3>{words.t(group)}</h3>
          <dl>
            {actions
              .filter((action) => action.group === group)
              .map((action) => (
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
