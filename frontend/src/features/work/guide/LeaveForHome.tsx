import { useEffect } from "react";
import { useLocation } from "wouter";
import { useWords } from "../../../ui/i18n";

/** After the last task that one wanted to do: the home page. */
export function LeaveForHome() {
  const words = useWords();
  const [, navigate] = useLocation();
  useEffect(() => navigate("/"), [navigate]);
  return <p role="status">{words.t("app.loading")}</p>;
}
