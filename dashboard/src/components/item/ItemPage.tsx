import { useMemo } from "react";
import { Link } from "wouter";
import { ApiError } from "../../api/client";
import { useItem } from "../../api/queries";
import type { ItemDetail } from "../../api/types";
import { liveEvidence } from "../../domain/evidence";
import { wordsOf } from "../../domain/format";
import { useRow, useTape } from "../../live/context";
import type { LiveRow } from "../../live/values";
import common from "../common/common.module.css";
import { Icon } from "../common/Icon";
import { GuardBadge } from "../common/GuardBadge";
import { EmptyNotice, ErrorNotice, SkeletonRows } from "../common/Notices";
import { useTitle } from "../useTitle";
import { ChartPanel } from "./ChartPanel";
import { EvidenceTable } from "./EvidenceTable";
import styles from "./item.module.css";
import { KeyFigures } from "./KeyFigures";
import { TwinNotice } from "./TwinNotice";

function describe(detail: ItemDetail): string {
  const kinds = [detail.item.rarity, detail.item.category].filter(Boolean).join(" ").toLowerCase();
  return detail.aliases.length === 0 ? kinds : `${kinds}, also called ${detail.aliases.join(", ")}`;
}

function ItemView({ detail, row }: { detail: ItemDetail; row: LiveRow }) {
  const tape = useTape();
  const evidence = useMemo(
    () => liveEvidence(detail.evidence, detail.id, tape.quotes, row.item),
    [detail, tape.quotes, row.item],
  );
  const check = `/calculator?post=${encodeURIComponent(`${row.name} for offers`)}`;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.title}>
          <h1>
            {row.name}
            {row.short !== row.name && <span className={styles.sub}> {row.short}</span>}
            {row.shown === "capped" && <GuardBadge />}
          </h1>
          <span className={styles.sub}>{describe(detail)}</span>
        </div>
        <KeyFigures row={row} />
        <Link href={check} className={common.button}>
          <Icon name="scales" />
          Check a trade with it
        </Link>
        <TwinNotice
          row={row}
          capped={row.capped === undefined ? detail.capped : row.capped}
          guard={row.guard === undefined ? detail.guard : row.guard}
        />
      </div>
      <ChartPanel row={row} evidence={evidence} />
      <EvidenceTable rows={evidence} />
    </div>
  );
}

function Missing({ slug, error, onRetry }: { slug: string; error: unknown; onRetry: () => void }) {
  if (!(error instanceof ApiError && error.status === 404))
    return <ErrorNotice error={error} onRetry={onRetry} />;
  return (
    <EmptyNotice title="No such item">
      The list has no item “{wordsOf(slug)}”. Press / to search by name or alias.
    </EmptyNotice>
  );
}

/** Everything known of one item. */
export function ItemPage({ slug }: { slug: string }) {
  const row = useRow(slug);
  const item = useItem(slug);
  const name = row?.name ?? wordsOf(slug);
  useTitle(name);
  if (item.data !== undefined && row !== undefined) return <ItemView detail={item.data} row={row} />;
  return (
    <>
      <h1 className="visually-hidden">{name}</h1>
      {item.isError ? (
        <Missing slug={slug} error={item.error} onRetry={() => void item.refetch()} />
      ) : (
        <SkeletonRows count={10} />
      )}
    </>
  );
}
