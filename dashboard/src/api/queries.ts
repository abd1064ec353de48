import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Findable } from "../domain/search";
import { useConnection, useLive } from "../live/context";
import { ApiError, fetchHistory, fetchItem, fetchItems, fetchStatus, fetchValues } from "./client";
import type { ValueList } from "./types";

const ONE_HOUR_S = 3_600;
const MOST_RETRIES = 2;

/** Whether a failed request is worth another try: not when the engine said what is wrong with it. */
export function isWorthRetrying(failures: number, error: Error): boolean {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !refused && failures < MOST_RETRIES;
}

/** One item with its evidence; fetched again with every fresh snapshot. */
export function useItem(slug: string) {
  const { snapshots } = useConnection();
  return useQuery({
    queryKey: ["item", slug, snapshots],
    queryFn: () => fetchItem(slug),
    placeholderData: (previous) => (previous?.item.item === slug ? previous : undefined),
  });
}

export function useHistory(slug: string) {
  const { snapshots } = useConnection();
  return useQuery({
    queryKey: ["history", slug, snapshots],
    queryFn: () => fetchHistory(slug, ONE_HOUR_S),
    placeholderData: (previous) => (previous?.item === slug ? previous : undefined),
  });
}

/** What the engine said of itself at the last snapshot. */
export function useStatus() {
  const { snapshots } = useConnection();
  return useQuery({
    queryKey: ["status", snapshots],
    queryFn: fetchStatus,
    placeholderData: (previous) => previous,
  });
}

/** The engine's own intervals in another item's unit; null while the unit is the numeraire. */
export function useUnitValues(unit: string | null): ValueList | null {
  const { snapshots } = useConnection();
  const query = useQuery({
    queryKey: ["values", unit, snapshots],
    queryFn: () => fetchValues(unit),
    enabled: unit !== null,
  });
  return unit === null ? null : (query.data ?? null);
}

/** Everything the search looks through: the catalogue with aliases, or the value list until it is here. */
export function useFindable(): readonly Findable[] {
  const { store } = useLive();
  const { snapshots } = useConnection();
  const { data } = useQuery({ queryKey: ["items"], queryFn: fetchItems });
  return useMemo(() => {
    if (data !== undefined) return data.filter((item) => !item.retired);
    const rows = store.valuesView().rows;
    return rows.map((row) => ({ item: row.item, name: row.name, short: row.short, aliases: [] }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- names change with snapshots only
  }, [data, store, snapshots]);
}
