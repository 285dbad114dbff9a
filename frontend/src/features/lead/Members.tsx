import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { people } from "../../api/endpoints";
import type { Member, Role } from "../../api/types";
import { Confirm } from "../../ui/Confirm";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { More, usePages } from "./paging";
import { mayGrant, RoleSelect } from "./RoleSelect";

/** The members with their roles, and a line to add one who has an account. */
export function Members({ slug, own }: { slug: string; own: Role }) {
  const words = useWords();
  const { rows, query } = usePages(["members", slug], (next) => people.members(slug, next));
  return (
    <section className="topic">
      <h2>{words.t("people.members")}</h2>
      <div className="table-wrap">
        <table>
          <thead>
            <tr>
              <th className="wide">{words.t("people.username")}</th>
              <th>{words.t("people.role")}</th>
              <th>{words.t("people.since")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rows
              ?.filter((member) => member.ended_at === null)
              .map((member) => (
                <Line key={member.id} member={member} slug={slug} own={own} />
              ))}
          </tbody>
        </table>
      </div>
      <More query={query} />
      <Add slug={slug} own={own} />
    </section>
  );
}

function useChanged(slug: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["members", slug] });
}

function Line({ member, slug, own }: { member: Member; slug: string; own: Role }) {
  const words = useWords();
  const changed = useChanged(slug);
  const change = useMutation({
    mutationFn: (body: Parameters<typeof people.changeMember>[2]) =>
      people.changeMember(slug, member.id, body),
    onSettled: changed,
  });
  const remove = useMutation({
    mutationFn: () => people.removeMember(slug, member.id),
    onSettled: changed,
  });
  const what = words.t("people.role");
  return (
    <tr>
      <td className="wide">
        {member.username}
        {member.kind === "simulated" && <span className="tag">{words.t("app.simulated")}</span>}
        {member.is_unblinded && <span className="tag">{words.t("people.unblinded")}</span>}
        <Trouble error={change.error ?? remove.error} />
      </td>
      <td>
        <RoleSelect
          own={own}
          value={member.role}
          label={words.t("tasks.forTask", { what, id: member.username })}
          onChange={(role) => change.mutate({ role })}
        />
      </td>
      <td className="time">{words.date(member.created_at)}</td>
      <td className="row end-cell">
        {member.is_unblinded && (
          <Confirm
            label={words.t("people.lift")}
            title={words.t("people.liftTitle", { name: member.username })}
            onYes={() => change.mutate({ lift_unblinding: true })}
          >
            {words.t("people.liftText", { name: member.username })}
          </Confirm>
        )}
        {mayGrant(own, member.role) && (
          <Confirm
            label={words.t("people.remove")}
            title={words.t("people.removeTitle", { name: member.username })}
            onYes={() => remove.mutate()}
            isGrave
          >
            {words.t("people.removeText")}
          </Confirm>
        )}
      </td>
    </tr>
  );
}

function Add({ slug, own }: { slug: string; own: Role }) {
  const words = useWords();
  const changed = useChanged(slug);
  const [username, setUsername] = useState("");
  const [role, setRole] = useState<Role>("annotator");
  const add = useMutation({
    mutationFn: () => people.addMember(slug, username, role),
    onSuccess: () => {
      setUsername("");
      return changed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <>
      <form className="form" onSubmit={submit}>
        <label className="field">
          {words.t("people.add")}
          <input
            value={username}
            required
            autoComplete="off"
            placeholder={words.t("people.username")}
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label className="field">
          {words.t("people.role")}
          <RoleSelect own={own} value={role} onChange={setRole} />
        </label>
        <button type="submit" disabled={add.isPending}>
          {words.t("people.addButton")}
        </button>
      </form>
      <Trouble error={add.error} />
    </>
  );
}
