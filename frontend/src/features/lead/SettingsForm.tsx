import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { lead } from "../../api/endpoints";
import type { ProjectSettings } from "../../api/types";
import type { PlainKey } from "../../i18n/catalogue";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { type Field, type Name, SettingControl } from "./SettingControl";

/** The words of each setting; the history uses them too. */
export const settingLabels: Readonly<Record<Name, PlainKey>> = {
  title: "settings.title",
  protocol: "settings.protocol",
  overlap: "settings.overlap",
  lease_minutes: "settings.lease",
  sweep: "settings.sweep",
  tie_break: "settings.tie",
  gold_rate: "settings.gold",
  repeat_rate: "settings.repeat",
  repeat_distance: "settings.distance",
  hint_policy: "settings.hint",
  blind: "settings.blind",
  ground: "settings.ground",
  show_size: "settings.showSize",
  break_minutes: "settings.break",
  minimum_stage: "settings.stage",
  mix_simulated: "settings.mix",
};

const groups: readonly { title: PlainKey; fields: readonly Field[] }[] = [
  {
    title: "settings.rules",
    fields: [
      { name: "title", kind: "text" },
      { name: "protocol", kind: "text" },
      { name: "overlap", kind: "number", min: 1, max: 100, step: 1 },
      { name: "lease_minutes", kind: "number", min: 1, max: 480, step: 1 },
    ],
  },
  {
    title: "settings.page",
    fields: [
      {
        name: "sweep",
        kind: "choice",
        choices: [
          ["dimension", "settings.sweep.dimension"],
          ["candidate", "settings.sweep.candidate"],
        ],
      },
      { name: "ground", kind: "ground" },
      { name: "tie_break", kind: "check" },
      { name: "blind", kind: "check" },
      { name: "show_size", kind: "check" },
      { name: "break_minutes", kind: "number", min: 0, max: 480, step: 5 },
      { name: "minimum_stage", kind: "number", min: 0, max: 4000, step: 10 },
    ],
  },
  {
    title: "settings.checks",
    fields: [
      { name: "gold_rate", kind: "number", min: 0, max: 0.5, step: 0.01 },
      { name: "repeat_rate", kind: "number", min: 0, max: 0.5, step: 0.01 },
      { name: "repeat_distance", kind: "number", min: 0, max: 100_000, step: 1 },
      { name: "mix_simulated", kind: "check" },
      { name: "hint_policy", kind: "choice", choices: [["none", "settings.hint.none"]] },
    ],
  },
];

interface FormProps {
  readonly slug: string;
  readonly settings: ProjectSettings;
  readonly mayChange: boolean;
}

/** All settings in one form; only what was changed is sent. */
export function SettingsForm({ slug, settings, mayChange }: FormProps) {
  const words = useWords();
  const queries = useQueryClient();
  const [changes, setChanges] = useState<Partial<ProjectSettings>>({});
  const save = useMutation({
    mutationFn: () => lead.saveSettings(slug, changes),
    onSuccess: (saved) => {
      setChanges({});
      queries.setQueryData(["settings", slug], saved);
      return Promise.all(
        ["project", "history"].map((key) => queries.invalidateQueries({ queryKey: [key, slug] })),
      );
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const values = { ...settings, ...changes };
  const set = (name: Name, value: unknown) => {
    const { [name]: _, ...rest } = changes;
    setChanges(settings[name] === value ? rest : { ...rest, [name]: value });
  };
  const isChanged = Object.keys(changes).length > 0;

  return (
    <form onSubmit={submit}>
      {groups.map(({ title, fields }) => (
        <section key={title} className="topic">
          <h2>{words.t(title)}</h2>
          <fieldset className="settings-form" disabled={!mayChange}>
            {fields.map((field) => (
              <SettingControl
                key={field.name}
                field={field}
                label={words.t(settingLabels[field.name])}
                value={values[field.name]}
                onChange={(value) => set(field.name, value)}
              />
            ))}
          </fieldset>
        </section>
      ))}
      {mayChange && (
        <div className="save-bar">
          <Trouble error={save.error} />
          <span role="status">{save.isSuccess && !isChanged && words.t("settings.saved")}</span>
          <button type="submit" className="primary" disabled={!isChanged || save.isPending}>
            {words.t("app.save")}
          </button>
        </div>
      )}
    </form>
  );
}
