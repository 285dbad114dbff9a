import type { Role } from "../../api/types";
import { useWords } from "../../ui/i18n";

const grants: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  lead: ["annotator", "senior", "lead"],
  admin: ["annotator", "senior", "lead", "engineer", "admin"],
};

/** Whether a role may give and take another: nobody grants a role above their own. */
export function mayGrant(own: Role, role: Role): boolean {
  return grants[own]?.includes(role) ?? false;
}

interface RoleSelectProps {
  /** The role of the person who chooses. */
  readonly own: Role;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly label?: string;
}

/** A role of the project, from those that one may give; another one is shown and stays. */
export function RoleSelect({ own, value, onChange, label }: RoleSelectProps) {
  const words = useWords();
  return (
    <select
      value={value}
      disabled={!mayGrant(own, value)}
      aria-label={label}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {[...new Set([...(grants[own] ?? []), value])].map((role) => (
        <option key={role} value={role}>
          {words.t(`role.${role}`)}
        </option>
      ))}
    </select>
  );
}
