import { useQuery } from "@tanstack/react-query";
import { explain } from "../../api/client";
import type { Mark } from "../../api/types";

const NONE: readonly Mark[] = [];

/** What the engine read in a post; none until it answers. Values move no mark, so it is asked once per post. */
export function useMarks(text: string): readonly Mark[] {
  const { data } = useQuery({
    queryKey: ["explain", text],
    queryFn: ({ signal }) => explain(text, signal),
    enabled: text.trim() !== "",
    staleTime: Infinity,
  });
  return data?.explanation.marks ?? NONE;
}
