import {
  ColorType,
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type UTCTimestamp,
} from "lightweight-charts";
import { formatCompact } from "../../../domain/format";
import type { GridPoint } from "../../../domain/timeGrid";
import { BandSeries } from "./bandSeries";
import { type QuoteDot, QuoteDots } from "./quoteDots";

const FONT_SIZE = 12;

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function linePoint(point: GridPoint) {
  const time = point.time as UTCTimestamp;
  return point.value === null ? { time } : { time, value: point.value };
}

function bandPoint(point: GridPoint) {
  const time = point.time as UTCTimestamp;
  return point.low === null || point.high === null ? { time } : { time, low: point.low, high: point.high };
}

/**
 * An item's value over time on a canvas: line, 90 % interval, quotes.
 * The grid is set once; afterwards only its last point is moved on.
 */
export class ValueChart {
  readonly #chart: IChartApi;
  readonly #band: ISeriesApi<"Custom">;
  readonly #line: ISeriesApi<"Line">;
  readonly #dots = new QuoteDots();
  #quotes: readonly QuoteDot[] = [];
  #interval = 1;
  #start = 0;
  #last = 0;
  #value: number | null = null;

  constructor(container: HTMLElement) {
    this.#chart = createChart(container, { autoSize: true, localization: { priceFormatter: formatCompact } });
    this.#band = this.#chart.addCustomSeries(new BandSeries(), {
      priceLineVisible: false,
      lastValueVisible: false,
    });
    this.#line = this.#chart.addSeries(LineSeries, {
      lineWidth: 2,
      pointMarkersVisible: false,
      priceFormat: { type: "custom", formatter: formatCompact, minMove: 0.000_1 },
    });
    this.#line.attachPrimitive(this.#dots);
    this.applyTheme();
  }

  /** Takes the colours from the page's theme. */
  applyTheme(): void {
    this.#chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colour("--panel") },
        textColor: colour("--muted"),
        fontFamily: getComputedStyle(document.body).fontFamily,
        fontSize: FONT_SIZE,
        attributionLogo: true,
      },
      grid: { vertLines: { visible: false }, horzLines: { color: colour("--line") } },
      rightPriceScale: { borderVisible: false },
      timeScale: { borderColor: colour("--line"), timeVisible: true, secondsVisible: false },
      crosshair: {
        vertLine: { color: colour("--line-strong"), labelBackgroundColor: colour("--line-strong") },
        horzLine: { color: colour("--line-strong"), labelBackgroundColor: colour("--line-strong") },
      },
    });
    this.#line.applyOptions({
      color: colour("--gold"),
      priceLineColor: colour("--gold"),
      priceLineStyle: LineStyle.Dotted,
    });
    this.#band.applyOptions({ fill: `${colour("--gold")}2e` } as object);
    this.#drawQuotes();
  }

  setGrid(points: readonly GridPoint[], interval: number): void {
    this.#interval = interval;
    this.#start = points[0]?.time ?? 0;
    this.#last = points.at(-1)?.time ?? 0;
    this.#band.setData(points.map(bandPoint));
    this.#line.setData(points.map(linePoint));
    this.#drawQuotes();
  }

  /** Moves the newest point, or begins the next ones; never earlier than what is drawn. */
  move(point: GridPoint): void {
    if (point.time < this.#last) return;
    for (let time = this.#last + this.#interval; time < point.time; time += this.#interval) {
      const gap = { time, value: null, low: null, high: null };
      this.#band.update(bandPoint(gap));
      this.#line.update(linePoint(gap));
    }
    this.#last = point.time;
    this.#value = point.value;
    this.#band.update(bandPoint(point));
    this.#line.update(linePoint(point));
  }

  setQuotes(quotes: readonly QuoteDot[]): void {
    this.#quotes = quotes;
    this.#drawQuotes();
  }

  /** Shows the last so many seconds, or everything there is. */
  showLast(seconds: number | null): void {
    if (seconds === null) {
      this.#chart.timeScale().fitContent();
      return;
    }
    const last = (this.#last - this.#start) / this.#interval;
    const from = Math.max(-1, last - seconds / this.#interval);
    this.#chart.timeScale().setVisibleLogicalRange({ from, to: last + 1 });
  }

  remove(): void {
    this.#chart.remove();
  }

  #drawQuotes(): void {
    const grid = { start: this.#start, interval: this.#interval };
    this.#dots.show(this.#quotes, grid, { ask: colour("--lose"), bid: colour("--accent") }, this.#value);
  }
}
