import type { Connection } from "./connection";

const CLOSE_WHEN_HIDDEN_FOR_MS = 15_000;

/**
 * Lets go of the stream while nobody looks, and takes one snapshot when the tab returns.
 * Returns what undoes it.
 */
export function followVisibility(connection: Connection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(connection.stop, CLOSE_WHEN_HIDDEN_FOR_MS);
    else if (!connection.following) void connection.resync();
  };
  const online = (): void => void connection.resync();
  document.addEventListener("visibilitychange", changed);
  window.addEventListener("offline", connection.networkLost);
  window.addEventListener("online", online);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", changed);
    window.removeEventListener("offline", connection.networkLost);
    window.removeEventListener("online", online);
  };
}
