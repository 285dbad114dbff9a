import { useWords } from "../../../ui/i18n";
import { useBench } from "../context";

/** A quiet line that suggests a break; it asks for nothing. */
export function BreakNotice() {
  const { guide } = useBench().actions;
  const words = useWords();
  return (
    <div className="line break">
      <p role="status">{words.t("guide.break")}</p>
      <button type="button" className="link" onClick={() => guide.putBreakOff()}>
        {words.t("guide.breakLater")}
      </button>
    </div>
  );
}
