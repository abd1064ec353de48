import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { Connection, ConnectionView } from "./connection";
import type { MarketStore, TapeView } from "./marketStore";
import type { LiveRow, ValuesView } from "./values";

export interface Live {
  readonly store: MarketStore;
  readonly connection: Connection;
}

const LiveContext = createContext<Live | null>(null);

export function LiveProvider({ live, children }: { live: Live; children: ReactNode }) {
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("useLive needs a LiveProvider above it");
  return live;
}

export function useValues(): ValuesView {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribeValues, store.valuesView);
}

/** The rows as they were last fetched: for lists of names, which no update changes. */
export function useSnapshotRows(): readonly LiveRow[] {
  const { store } = useLive();
  const { snapshots } = useConnection();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a fresh snapshot is when names may change
  return useMemo(() => store.valuesView().rows, [store, snapshots]);
}

/** One item's row; its component is drawn again only when that row changes. */
export function useRow(slug: string): LiveRow | undefined {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribeValues, () => store.valuesView().bySlug.get(slug));
}

export function useTape(): TapeView {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribeTape, store.tapeView);
}

export function useConnection(): ConnectionView {
  const { connection } = useLive();
  return useSyncExternalStore(connection.subscribe, connection.view);
}
