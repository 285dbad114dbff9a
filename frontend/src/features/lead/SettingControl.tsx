import type { ProjectSettings } from "../../api/types";
import type { PlainKey } from "../../i18n/catalogue";
import { useWords } from "../../ui/i18n";

/** A setting that the form changes; the state has buttons of its own. */
export type Name = Exclude<keyof ProjectSettings, "state">;

/** How one setting is entered. */
export type Field =
  | { name: Name; kind: "text" | "ground" | "check" }
  | { name: Name; kind: "number"; min: number; max: number; step: number }
  | { name: Name; kind: "choice"; choices: readonly (readonly [string, PlainKey])[] };

interface InputProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** One setting with its label. */
export function SettingControl({ label, ...input }: InputProps & { readonly label: string }) {
  if (input.field.kind === "check") {
    return (
      <label className="field check">
        <SettingInput {...input} />
        {label}
      </label>
    );
  }
  return (
    <label className="field">
      {label}
      <SettingInput {...input} />
    </label>
  );
}

function SettingInput({ field, value, onChange }: InputProps) {
  const words = useWords();
  switch (field.kind) {
    case "check":
      return (
        <input
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case "choice":
      return (
        <select value={String(value)} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map(([key, text]) => (
            <option key={key} value={key}>
              {words.t(text)}
            </option>
          ))}
        </select>
      );
    case "number":
      return (
        <input
          type="number"
          required
          min={field.min}
          max={field.max}
          step={field.step}
          value={Number.isNaN(value) ? "" : String(value)}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      );
    case "text":
      return (
        <input
          required
          maxLength={200}
          size={40}
          value={String(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "ground":
      return <Ground value={String(value)} onChange={onChange} />;
  }
}

/** A grey by its lightness: the ground must not tint, so nothing but a grey can be chosen. */
function Ground({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const level = Number.parseInt(value.slice(1, 3), 16);
  const grey = (next: number) => {
    const part = next.toString(16).padStart(2, "0").toUpperCase();
    return `#${part}${part}${part}`;
  };
  return (
    <span className="ground">
      <input
        type="range"
        min={0}
        max={255}
        value={level}
        onChange={(event) => onChange(grey(event.target.valueAsNumber))}
      />
      <i style={{ backgroundColor: value }} />
      <code>{value}</code>
    </span>
  );
}
