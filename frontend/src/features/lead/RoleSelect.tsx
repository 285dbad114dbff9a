import type { Role } from "../../api/types";
import { useWords } from "../../ui/i18n";

const roles: readonly Role[] = ["annotator", "senior", "lead", "engineer", "admin"];

interface RoleSelectProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly label?: string;
}

/** A role of the project; the server refuses one above one's own. */
export function RoleSelect({ value, onChange, label }: RoleSelectProps) {
  const words = useWords();
  return (
    <select
      value={value}
      aria-label={label}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {words.t(`role.${role}`)}
        </option>
      ))}
    </select>
  );
}
