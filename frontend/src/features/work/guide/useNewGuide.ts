import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { me } from "../../../api/endpoints";
import type { Me, Project } from "../../../api/types";
import { Guide, type Preferences } from "../../../core/guide";
import { ApiError } from "../../../core/problem";

/** Makes the guide of an open project from the account's preferences, which it keeps up to date. */
export function useNewGuide(project: Project): () => Guide {
  const queries = useQueryClient();
  return useCallback(() => {
    const save = async (changes: Preferences) => {
      try {
        queries.setQueryData(["me"], await me.setPreferences(changes));
      } catch (error) {
        // Not kept: the tour or the open shelf is offered once more on the next visit.
        if (!(error instanceof ApiError)) throw error;
      }
    };
    return new Guide({
      project: project.slug,
      preferences: queries.getQueryData<Me>(["me"])?.preferences ?? {},
      save: (changes) => void save(changes),
      now: () => performance.now(),
      breakMinutes: project.settings.break_minutes,
    });
  }, [project, queries]);
}
