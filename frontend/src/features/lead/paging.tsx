import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Page } from "../../api/types";
import { useWords } from "../../ui/i18n";
import { Trouble } from "../../ui/problem";

/** All rows loaded so far of a cursor-paged list, and how to get more. */
export function usePages<Row>(
  key: readonly unknown[],
  load: (next: string | null) => Promise<Page<Row>>,
  refetchInterval: number | false = false,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? null;
  return { rows, query };
}

type Query = ReturnType<typeof usePages>["query"];

/** What stands under a paged list: a failure, or the way to the next page. */
export function More({
  query,
}: {
  query: Pick<Query, "error" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage" | "refetch">;
}) {
  const words = useWords();
  return (
    <>
      <Trouble error={query.error} onRetry={() => void query.refetch()} />
      {query.hasNextPage && (
        <button
          type="button"
          className="more"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {words.t("app.more")}
        </button>
      )}
    </>
  );
}
