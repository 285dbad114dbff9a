import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { exports } from "../../api/endpoints";
import type { ExportOptions } from "../../api/types";
import type { PlainKey } from "../../i18n/catalogue";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";

const formats = ["editreward", "groups"] as const;
const choices = {
  consensus: ["mean", "median", "majority"],
  ties: ["keep", "drop", "duplicate", "disentangle", "soft"],
  pure_ties: ["keep", "drop"],
  tie_breaks: ["ignore", "use"],
  simulated: ["auto", "mix", "exclude", "only"],
} as const;
const labels: Readonly<Record<keyof typeof choices, PlainKey>> = {
  consensus: "exports.consensus",
  ties: "exports.ties",
  pure_ties: "exports.pureTies",
  tie_breaks: "exports.tieBreaks",
  simulated: "exports.simulated",
};
const texts = {
  margin: { label: "exports.margin", pattern: "\\d{1,3}(\\.\\d{1,4})?" },
  split: { label: "exports.split", pattern: "\\d{1,3}(/\\d{1,3}/\\d{1,3})?" },
  split_seed: { label: "exports.splitSeed", pattern: "[A-Za-z0-9_\\-]{1,64}" },
} as const;

/** What is asked of an export where nobody chose otherwise. */
const defaults: ExportOptions = {
  formats: [...formats],
  consensus: "mean",
  ties: "keep",
  pure_ties: "keep",
  tie_breaks: "ignore",
  min_raters: 2,
  margin: "0",
  split: "100",
  split_seed: "0",
  near_bits: 6,
  include: [],
  simulated: "auto",
};

/** The form that starts an export. */
export function StartExport({ slug }: { slug: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const [options, setOptions] = useState(defaults);
  const start = useMutation({
    mutationFn: () => exports.start(slug, options),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports", slug] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate();
  };
  const set = (fields: Partial<ExportOptions>) => setOptions({ ...options, ...fields });
  const toggle = (format: (typeof formats)[number]) =>
    set({
      formats: formats.filter((item) => options.formats.includes(item) !== (item === format)),
    });
  const isEmpty = options.formats.length === 0;
  return (
    <form className="topic" onSubmit={submit}>
      <h2>{words.t("exports.start")}</h2>
      <fieldset className="choices across">
        <legend className="visually-hidden">{words.t("exports.formats")}</legend>
        {formats.map((format) => (
          <label key={format}>
            <input
              type="checkbox"
              checked={options.formats.includes(format)}
              onChange={() => toggle(format)}
            />
            <span>{words.t(`exports.${format}`)}</span>
          </label>
        ))}
      </fieldset>
      <div className="form">
        {keysOf(choices).map((name) => (
          <Choice key={name} name={name} options={options} set={set} />
        ))}
        <label className="field">
          {words.t("exports.minRaters")}
          <input
            type="number"
            min={1}
            max={100}
            required
            value={options.min_raters}
            onChange={(event) => set({ min_raters: event.target.valueAsNumber })}
          />
        </label>
        {keysOf(texts).map((name) => (
          <label key={name} className="field">
            {words.t(texts[name].label)}
            <input
              required
              pattern={texts[name].pattern}
              value={options[name]}
              onChange={(event) => set({ [name]: event.target.value })}
            />
          </label>
        ))}
        <button type="submit" className="primary" disabled={isEmpty || start.isPending}>
          {words.t("exports.startButton")}
        </button>
      </div>
      <Trouble error={start.error} />
    </form>
  );
}

interface ChoiceProps {
  readonly name: keyof typeof choices;
  readonly options: ExportOptions;
  readonly set: (fields: Partial<ExportOptions>) => void;
}

/** One option that is a word of a list; what goes with another option only is off without it. */
function Choice({ name, options, set }: ChoiceProps) {
  const words = useWords();
  const change = (value: string) => {
    const resets = name === "ties" && value !== "disentangle" ? { pure_ties: "keep" } : {};
    set({ ...resets, [name]: value } as Partial<ExportOptions>);
  };
  return (
    <label className="field">
      {words.t(labels[name])}
      <select
        value={options[name]}
        disabled={name === "pure_ties" && options.ties !== "disentangle"}
        onChange={(event) => change(event.target.value)}
      >
        {choices[name].map((key) => (
          <option key={key} value={key}>
            {words.t(`exports.${name}.${key}` as PlainKey)}
          </option>
        ))}
      </select>
    </label>
  );
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  return Object.keys(value) as (keyof T)[];
}
