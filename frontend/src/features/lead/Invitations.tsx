import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { people } from "../../api/endpoints";
import type { Invited, Role } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";
import { More, usePages } from "./paging";
import { RoleSelect } from "./RoleSelect";

/** The links that are still open, and a line to make one. */
export function Invitations({ slug, own }: { slug: string; own: Role }) {
  const words = useWords();
  const queries = useQueryClient();
  const key = ["invitations", slug];
  const { rows, query } = usePages(key, (next) => people.invitations(slug, next));
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const withdraw = useMutation({
    mutationFn: (id: string) => people.withdrawInvitation(slug, id),
    onSettled: changed,
  });
  return (
    <section className="topic">
      <h2>{words.t("people.invitations")}</h2>
      {rows?.length === 0 && <p className="small">{words.t("people.noInvitations")}</p>}
      {rows && rows.length > 0 && (
        <div className="table-wrap">
          <table>
            <thead>
              <tr>
                <th className="wide">{words.t("people.note")}</th>
                <th>{words.t("people.role")}</th>
                <th>{words.t("people.expires")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="wide">{row.note || words.t("app.none")}</td>
                  <td>{words.t(`role.${row.role}`)}</td>
                  <td className="time">{words.date(row.expires_at, "time")}</td>
                  <td className="number">
                    <button type="button" onClick={() => withdraw.mutate(row.id)}>
                      {words.t("people.withdraw")}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Trouble error={withdraw.error} />
      <More query={query} />
      <Invite slug={slug} own={own} onMade={() => void changed()} />
    </section>
  );
}

function Invite({ slug, own, onMade }: { slug: string; own: Role; onMade: () => void }) {
  const words = useWords();
  const [role, setRole] = useState<Role>("annotator");
  const [note, setNote] = useState("");
  const invite = useMutation({
    mutationFn: () => people.invite(slug, role, note),
    onSuccess: () => {
      setNote("");
      onMade();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <>
      <form className="form" onSubmit={submit}>
        <label className="field">
          {words.t("people.note")}
          <input value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
        </label>
        <label className="field">
          {words.t("people.role")}
          <RoleSelect own={own} value={role} onChange={setRole} />
        </label>
        <button type="submit" disabled={invite.isPending}>
          {words.t("people.invite")}
        </button>
      </form>
      <Trouble error={invite.error} />
      {invite.data && <Link made={invite.data} />}
    </>
  );
}

/** The link itself, which nobody can see again. */
function Link({ made }: { made: Invited }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  const text = words.t("people.link", { date: words.date(made.expires_at, "time") });
  const copy = async () => {
    await navigator.clipboard.writeText(made.url);
    setCopied(true);
  };
  return (
    <div className="once">
      <p>{text}</p>
      <input
        readOnly
        value={made.url}
        aria-label={text}
        onFocus={(event) => event.target.select()}
      />
      {window.isSecureContext && (
        <button type="button" onClick={() => void copy()}>
          {words.t(isCopied ? "people.copied" : "people.copy")}
        </button>
      )}
    </div>
  );
}
