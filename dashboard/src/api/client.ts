import type {
  EngineStatus,
  ExplainedPost,
  FairAnswer,
  History,
  ItemDetail,
  ItemList,
  ItemRow,
  Perspective,
  Tape,
  ValueList,
} from "./types";

const BASE = "/api/v1";
const ITEM_PAGE = 200;
const MOST_ITEM_PAGES = 50;

/** A request that failed, with a sentence for people. `status` is 0 when no answer came at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Says in one sentence what a problem answer (RFC 9457) complains of. */
export function describeProblem(status: number, body: unknown): string {
  if (typeof body === "object" && body !== null) {
    if ("detail" in body && typeof body.detail === "string" && body.detail !== "") return body.detail;
    if ("title" in body && typeof body.title === "string" && body.title !== "") return body.title;
  }
  return status >= 500 ? "The engine could not answer." : `The engine refused the request (${status}).`;
}

async function request<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(BASE + path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "The engine cannot be reached.");
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, describeProblem(response.status, body));
  if (body === null) throw new ApiError(response.status, "The engine's answer could not be read.");
  return body as Answer;
}

function get<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  return request<Answer>(path, init);
}

function post<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  return request<Answer>(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
}

/** Values at this moment. Never from a cache: the stream is resumed from the list's id. */
export function fetchValues(unit: string | null = null): Promise<ValueList> {
  const query = unit === null ? "" : `?unit=${encodeURIComponent(unit)}`;
  return get<ValueList>(`/values${query}`, { cache: "no-store" });
}

export function fetchTape(limit: number): Promise<Tape> {
  return get<Tape>(`/quotes?limit=${limit}`, { cache: "no-store" });
}

export function fetchItem(slug: string): Promise<ItemDetail> {
  return get<ItemDetail>(`/items/${encodeURIComponent(slug)}`, { cache: "no-store" });
}

export function fetchHistory(slug: string, intervalSeconds: number): Promise<History> {
  return get<History>(`/values/${encodeURIComponent(slug)}/history?interval=${intervalSeconds}`);
}

export function fetchStatus(): Promise<EngineStatus> {
  return get<EngineStatus>("/status", { cache: "no-store" });
}

export function judge(text: string, perspective: Perspective, signal?: AbortSignal): Promise<FairAnswer> {
  return post<FairAnswer>("/fair", { text, perspective }, signal);
}

/** What was made of each piece of a post. */
export function explain(text: string, signal?: AbortSignal): Promise<ExplainedPost> {
  return post<ExplainedPost>("/parse", { text, explain: true }, signal);
}

/** The whole catalogue with its aliases, page after page. */
export async function fetchItems(): Promise<readonly ItemRow[]> {
  const items: ItemRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_ITEM_PAGES; page += 1) {
    const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: ItemList = await get<ItemList>(`/items?limit=${ITEM_PAGE}${from}`);
    items.push(...answer.items);
    cursor = answer.next_cursor;
    if (cursor === null) break;
  }
  return items;
}

/** The stream's address, from the update after `after`. */
export function streamAddress(types: string, after: string): string {
  return `${BASE}/stream?types=${encodeURIComponent(types)}&after=${encodeURIComponent(after)}`;
}
