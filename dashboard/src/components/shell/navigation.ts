import type { IconName } from "../common/Icon";

export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly key: string;
}

/** The main pages, and the key that follows `g` to go there. */
export const PLACES: readonly Place[] = [
  { href: "/market", label: "Market", icon: "market", key: "m" },
  { href: "/values", label: "Values", icon: "list", key: "v" },
  { href: "/calculator", label: "Calculator", icon: "scales", key: "c" },
];

/** Whether a page belongs to a place: an item's page belongs to the values; `/` depends on the screen. */
export function isAt(place: Place, path: string, isPhone: boolean): boolean {
  if (path === "/") return place.href === (isPhone ? "/calculator" : "/market");
  if (path.startsWith("/items/")) return place.href === "/values";
  return path === place.href;
}
