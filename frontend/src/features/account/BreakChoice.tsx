import { useMutation, useQueryClient } from "@tanstack/react-query";
import { me } from "../../api/endpoints";
import type { Me } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";

/** Whether the rating page may suggest breaks. */
export function BreakChoice({ user }: { user: Me }) {
  const words = useWords();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: boolean) => me.setPreferences({ breaks: wanted ? null : false }),
    onSuccess: (updated) => queries.setQueryData(["me"], updated),
  });
  return (
    <section className="topic">
      <h2>{words.t("guide.breaks")}</h2>
      <div className="choices">
        <label>
          <input
            type="checkbox"
            checked={user.preferences.breaks !== false}
            onChange={(event) => change.mutate(event.target.checked)}
          />
          <span>{words.t("guide.suggestBreaks")}</span>
        </label>
      </div>
      <Trouble error={change.error} />
    </section>
  );
}
