import type {
  CustomData,
  CustomSeriesPricePlotValues,
  CustomSeriesWhitespaceData,
  ICustomSeriesPaneRenderer,
  ICustomSeriesPaneView,
  PaneRendererCustomData,
  PriceToCoordinateConverter,
  UTCTimestamp,
} from "lightweight-charts";
import { customSeriesDefaultOptions } from "lightweight-charts";

type DrawingTarget = Parameters<ICustomSeriesPaneRenderer["draw"]>[0];

/** One point of the 90 % interval. */
export interface BandPoint extends CustomData<UTCTimestamp> {
  readonly low: number;
  readonly high: number;
}

type BandOptions = typeof customSeriesDefaultOptions & { fill: string };
type Bars = PaneRendererCustomData<UTCTimestamp, BandPoint>;

function isPoint(data: BandPoint | CustomSeriesWhitespaceData<UTCTimestamp>): data is BandPoint {
  return "low" in data;
}

/** Splits points into runs without a gap: a band is never drawn across what nothing supported. */
function runs(data: Bars): BandRun[] {
  const found: BandRun[] = [];
  let run: BandRun = [];
  const range = data.visibleRange;
  if (range === null) return found;
  for (
    let index = Math.max(0, range.from - 1);
    index <= Math.min(data.bars.length - 1, range.to);
    index += 1
  ) {
    const bar = data.bars[index];
    if (bar !== undefined && isPoint(bar.originalData)) {
      run.push({ x: bar.x, low: bar.originalData.low, high: bar.originalData.high });
    } else if (run.length > 0) {
      found.push(run);
      run = [];
    }
  }
  if (run.length > 0) found.push(run);
  return found;
}

type BandRun = { x: number; low: number; high: number }[];

class BandRenderer implements ICustomSeriesPaneRenderer {
  data: Bars | null = null;
  fill = "";

  draw(target: DrawingTarget, toCoordinate: PriceToCoordinateConverter): void {
    const data = this.data;
    if (data === null) return;
    target.useMediaCoordinateSpace(({ context }) => {
      context.fillStyle = this.fill;
      for (const run of runs(data)) this.#drawRun(context, run, toCoordinate, data.barSpacing);
    });
  }

  #drawRun(
    context: CanvasRenderingContext2D,
    run: BandRun,
    toCoordinate: PriceToCoordinateConverter,
    barSpacing: number,
  ): void {
    const half = run.length === 1 ? Math.min(4, barSpacing / 2) : 0;
    const points = run.flatMap((point) => [
      { ...point, x: point.x - half },
      { ...point, x: point.x + half },
    ]);
    context.beginPath();
    for (const point of points) context.lineTo(point.x, toCoordinate(point.high) ?? 0);
    for (const point of points.reverse()) context.lineTo(point.x, toCoordinate(point.low) ?? 0);
    context.closePath();
    context.fill();
  }
}

/** The 90 % interval as a band behind the value line (lightweight-charts custom series). */
export class BandSeries implements ICustomSeriesPaneView<UTCTimestamp, BandPoint, BandOptions> {
  readonly #renderer = new BandRenderer();

  priceValueBuilder(point: BandPoint): CustomSeriesPricePlotValues {
    return [point.low, point.high, (point.low + point.high) / 2];
  }

  isWhitespace(
    data: BandPoint | CustomSeriesWhitespaceData<UTCTimestamp>,
  ): data is CustomSeriesWhitespaceData<UTCTimestamp> {
    return !isPoint(data);
  }

  renderer(): ICustomSeriesPaneRenderer {
    return this.#renderer;
  }

  update(data: Bars, options: BandOptions): void {
    this.#renderer.data = data;
    this.#renderer.fill = options.fill;
  }

  defaultOptions(): BandOptions {
    return { ...customSeriesDefaultOptions, fill: "transparent" };
  }
}
