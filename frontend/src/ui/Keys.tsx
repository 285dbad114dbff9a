import { type Action, capsOf } from "../core/actions";
import type { PlainKey } from "../i18n/catalogue";
import { useWords } from "./i18n";

type Listed = Pick<Action<never>, "id" | "label" | "group" | "keys" | "caps">;

/** The caps of an action, in a row. */
export function Caps({ action }: { action: Pick<Listed, "keys" | "caps"> }) {
  return (
    <span className="caps">
      {capsOf(action).map((cap) =>
        cap === "–" ? <span key={cap}>{cap}</span> : <kbd key={cap}>{cap}</kbd>,
      )}
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
                <div key={action.id}>
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
