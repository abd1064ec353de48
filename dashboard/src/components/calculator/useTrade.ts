import { useCallback, useEffect, useState } from "react";
import type { FairAnswer, Perspective, TradeAdjustment } from "../../api/types";
import { addLines, composePost, type Trays } from "../../domain/compose";
import { useItemNames } from "../common/names";
import { useUrlState } from "../useUrlState";
import { useDebounced } from "./useDebounced";
import { useMarks } from "./useMarks";
import { useVerdict } from "./useVerdict";

const TYPING_PAUSE_MS = 250;
const EMPTY: Trays = { give: [], get: [] };

export function readPerspective(text: string | null): Perspective {
  return text === "taker" ? "taker" : "poster";
}

/** The trays as the engine read them: of the chosen quote, from the chosen side. */
export function traysOf(answer: FairAnswer | undefined, index: number, perspective: Perspective): Trays {
  const quote = answer?.read.quotes[index];
  if (quote === undefined) return EMPTY;
  return perspective === "poster"
    ? { give: quote.give, get: quote.want }
    : { give: quote.want, get: quote.give };
}

/**
 * The calculator's state. The post's text is the truth and stands in the address; the trays show what the
 * engine read in it, and changing a tray writes a new post.
 */
export function useTrade() {
  const [urlText, setUrlText] = useUrlState("post");
  const [urlPerspective, setUrlPerspective] = useUrlState("as");
  const [text, setText] = useState(urlText ?? "");
  const [draft, setDraft] = useState<Trays | null>(null);
  const [chosen, setChosen] = useState(0);
  const perspective = readPerspective(urlPerspective);
  const settled = useDebounced(text, TYPING_PAUSE_MS);
  const query = useVerdict(settled, perspective);
  const marks = useMarks(settled);
  const namesOf = useItemNames();

  useEffect(() => setUrlText(settled), [settled, setUrlText]);

  const answer = settled.trim() === "" ? undefined : query.data;
  const index = Math.min(chosen, Math.max(0, (answer?.read.quotes.length ?? 1) - 1));
  const write = useCallback((value: string) => {
    setDraft(null);
    setChosen(0);
    setText(value);
  }, []);
  const setTrays = (trays: Trays): void => {
    setDraft(trays);
    setChosen(0);
    setText(composePost(trays, perspective, (slug) => namesOf(slug).name));
  };
  const trays = draft ?? traysOf(answer, index, perspective);
  const add = ({ side, items }: TradeAdjustment): void => {
    const mine = side === "you";
    setTrays({
      give: mine ? addLines(trays.give, items) : trays.give,
      get: mine ? trays.get : addLines(trays.get, items),
    });
  };
  const swap = (): void => {
    setUrlPerspective(perspective === "poster" ? "taker" : null);
    if (draft !== null) setDraft({ give: draft.get, get: draft.give });
  };
  const read = { text: settled, marks, perspective };
  return {
    text,
    write,
    read,
    perspective,
    swap,
    trays,
    setTrays,
    add,
    query,
    answer,
    index,
    choose: setChosen,
  };
}
