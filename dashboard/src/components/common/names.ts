import { useCallback } from "react";
import { wordsOf } from "../../domain/format";
import { useLive } from "../../live/context";

export interface ItemNames {
  readonly name: string;
  readonly short: string;
}

/** Looks an item's name and shorthand up; the function stays the same, names change with snapshots only. */
export function useItemNames(): (slug: string) => ItemNames {
  const { store } = useLive();
  return useCallback(
    (slug: string) => store.valuesView().bySlug.get(slug) ?? { name: wordsOf(slug), short: wordsOf(slug) },
    [store],
  );
}
