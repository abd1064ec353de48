import { useSyncExternalStore } from "react";

const phone = window.matchMedia("(max-width: 760px)");

function subscribe(listener: () => void): () => void {
  phone.addEventListener("change", listener);
  return () => phone.removeEventListener("change", listener);
}

/** Whether the window is as narrow as a phone, where pages are a single column. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches);
}
