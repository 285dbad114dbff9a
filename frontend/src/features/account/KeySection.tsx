import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { me } from "../../api/endpoints";
import { capOf } from "../../core/actions";
import {
  hands,
  isSingle,
  type KeySettings,
  programKeys,
  refusal,
  withKeys,
} from "../../core/keymap";
import type { WorkAction } from "../../core/work/context";
import { workActions } from "../../core/workActions";
import type { Translator } from "../../i18n/translator";
import { useWords } from "../../ui/i18n";
import { Caps, useCaps, useKeys } from "../../ui/Keys";
import { Trouble } from "../../ui/problem";
import { CaptureButton } from "./CaptureButton";

/** Which keys the rating page uses: the hand, single keys or not, and a key for each action. */
export function KeySection() {
  const words = useWords();
  const stored = useKeys().settings;
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (next: KeySettings) => me.setPreferences({ keys: next }),
    onSuccess: (updated) => queries.setQueryData(["me"], updated),
  });
  const settings = save.isPending ? save.variables : stored;
  const change = (part: Partial<KeySettings>) => save.mutate({ ...settings, ...part });
  return (
    <>
      <p className="small">{words.t("keys.intro")}</p>
      <HandChoice settings={settings} onChange={change} />
      <p className="key-switch">
        <label>
          <input
            type="checkbox"
            checked={settings.single}
            aria-describedby="single-hint"
            onChange={(event) => change({ single: event.target.checked })}
          />
          {words.t("keys.single")}
        </label>
        <span className="small" id="single-hint">
          {words.t("keys.singleHint")}
        </span>
      </p>
      <KeyTable settings={settings} onChange={(own) => change({ own })} />
      <div>
        <button
          type="button"
          disabled={Object.keys(settings.own).length === 0}
          onClick={() => change({ own: programKeys.own })}
        >
          {words.t("keys.resetAll")}
        </button>
      </div>
      <Trouble error={save.error} />
    </>
  );
}

interface ChoiceProps {
  readonly settings: KeySettings;
  readonly onChange: (part: Partial<KeySettings>) => void;
}

function HandChoice({ settings, onChange }: ChoiceProps) {
  const words = useWords();
  return (
    <fieldset className="choices hand">
      <legend>{words.t("keys.hand")}</legend>
      {hands.map((hand) => (
        <label key={hand}>
          <input
            type="radio"
            name="hand"
            aria-label={words.t(`keys.hand.${hand}`)}
            aria-describedby={`hand-${hand}`}
            checked={settings.hand === hand}
            onChange={() => onChange({ hand })}
          />
          <span>
            {words.t(`keys.hand.${hand}`)}
            <span className="small" id={`hand-${hand}`}>
              {words.t(`keys.hand.${hand}Hint`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TableProps {
  readonly settings: KeySettings;
  readonly onChange: (own: KeySettings["own"]) => void;
}

/** Every action with its key; what was refused or set last is said above the table. */
function KeyTable({ settings, onChange }: TableProps) {
  const words = useWords();
  const [said, setSaid] = useState<{ id: string; text: string; isRefused: boolean } | null>(null);
  const take = (action: WorkAction, event: KeyboardEvent, press: string) => {
    const why = reasonAgainst(words, settings, action, event, press);
    const done = words.t("keys.changed", { action: words.t(action.label), key: capOf(press) });
    setSaid({ id: action.id, text: why ?? done, isRefused: why !== null });
    if (why === null) onChange({ ...settings.own, [action.id]: [press] });
  };
  const reset = (id: string) => {
    const { [id]: _, ...others } = settings.own;
    setSaid(null);
    onChange(others);
  };
  return (
    <>
      <p role="status" className="visually-hidden">
        {said && !said.isRefused ? said.text : ""}
      </p>
      <table className="key-table">
        <thead>
          <tr>
            <th scope="col">{words.t("keys.action")}</th>
            <th scope="col">{words.t("keys.key")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {workActions.map((action) => (
            <tr key={action.id} data-key-of={action.id}>
              <th scope="row">
                {words.t(action.label)}
                {said?.isRefused && said.id === action.id && (
                  <span className="refused" role="alert">
                    {said.text}
                  </span>
                )}
              </th>
              <td>
                <Key action={action} />
              </td>
              <td className="key-change">
                {action.fixed ? (
                  <span className="small">{words.t("keys.fixed")}</span>
                ) : (
                  <>
                    {action.id in settings.own && (
                      <button
                        type="button"
                        className="link"
                        aria-label={words.t("keys.resetOf", { action: words.t(action.label) })}
                        onClick={() => reset(action.id)}
                      >
                        {words.t("keys.reset")}
                      </button>
                    )}
                    <CaptureButton action={action} onPress={take} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Key({ action }: { action: WorkAction }) {
  const words = useWords();
  if (useCaps(action.id).length === 0) return <span className="small">{words.t("keys.none")}</span>;
  return <Caps action={action} />;
}

/** Why an action cannot have this press, in words; null where it can. */
function reasonAgainst(
  words: Translator,
  settings: KeySettings,
  action: WorkAction,
  event: KeyboardEvent,
  press: string,
): string | null {
  const key = capOf(press);
  const refused = refusal(event, press, action, withKeys(workActions, settings));
  if (refused?.code === "reserved") return words.t("keys.reserved", { key });
  const holder = workActions.find((other) => refused && other.id === refused.by);
  if (holder) return words.t("keys.taken", { key, action: words.t(holder.label) });
  return settings.single || !isSingle(press) ? null : words.t("keys.singleOff", { key });
}
