import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { judge } from "../../api/client";
import type { FairAnswer, Perspective } from "../../api/types";
import { useLive } from "../../live/context";
import type { MarketStore } from "../../live/marketStore";

const JUDGED_AGAIN_AT_MOST_EVERY_MS = 2_000;

function slugsOf(answer: FairAnswer | undefined): readonly string[] {
  const sides = answer?.verdicts.flatMap((verdict) => [...verdict.give.items, ...verdict.get.items]) ?? [];
  return [...new Set(sides.map((line) => line.item))].sort();
}

/** A number that grows when one of the items moves. */
function movesOf(store: MarketStore, slugs: readonly string[]): number {
  const { bySlug } = store.valuesView();
  return slugs.reduce((sum, slug) => sum + (bySlug.get(slug)?.moves ?? 0), 0);
}

/** Calls back after one of the items moved: at once, then at most every two seconds. */
function useMoves(slugs: readonly string[], onMove: () => void): void {
  const { store } = useLive();
  const key = slugs.join(" ");
  useEffect(() => {
    const watched = key === "" ? [] : key.split(" ");
    let seen = movesOf(store, watched);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const moves = movesOf(store, watched);
      if (moves === seen || timer !== undefined || document.hidden) return;
      seen = moves;
      onMove();
      timer = setTimeout(() => {
        timer = undefined;
        look();
      }, JUDGED_AGAIN_AT_MOST_EVERY_MS);
    };
    const unsubscribe = store.subscribeValues(look);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store, key, onMove]);
}

/** The engine's verdict on a post, judged again as the values of its items move. */
export function useVerdict(text: string, perspective: Perspective) {
  const query = useQuery({
    queryKey: ["fair", text, perspective],
    queryFn: ({ signal }) => judge(text, perspective, signal),
    enabled: text.trim() !== "",
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  const judgeAgain = useCallback(() => void refetch(), [refetch]);
  useMoves(slugsOf(query.data), judgeAgain);
  return query;
}
