import type {
  AutoscaleInfo,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
} from "lightweight-charts";

type DrawingTarget = Parameters<IPrimitivePaneRenderer["draw"]>[0];

/** One quote on the chart: when (Unix seconds), what it implied, how much it counted (0..1), which side. */
export interface QuoteDot {
  readonly time: number;
  readonly implied: number;
  readonly weight: number;
  readonly isAsk: boolean;
}

/** Where times lie: the first grid point (Unix seconds) and the seconds between two. */
export interface Grid {
  readonly start: number;
  readonly interval: number;
}

export interface DotColours {
  readonly ask: string;
  readonly bid: string;
}

const SMALLEST_RADIUS = 2;
const RADIUS_PER_WEIGHT = 3.5;
const SCALING_WEIGHT = 0.2;
const FARTHEST_SCALED = 1.6;
const EDGE = 6;
const PINNED_OPACITY = 0.5;

/**
 * Quotes as signs at their own moment between two grid points, sized by weight:
 * asks are hollow triangles that point down, bids are discs. Quotes beyond the scale are pinned to its edge,
 * paler, so that one odd quote does not flatten the line.
 */
export class QuoteDots implements ISeriesPrimitive {
  #dots: readonly QuoteDot[] = [];
  #grid: Grid = { start: 0, interval: 1 };
  #colours: DotColours = { ask: "", bid: "" };
  #centre: number | null = null;
  #attached: SeriesAttachedParameter | null = null;
  readonly #views: readonly IPrimitivePaneView[] = [{ renderer: () => this.#renderer }];
  readonly #renderer: IPrimitivePaneRenderer = { draw: (target) => this.#draw(target) };

  attached(parameter: SeriesAttachedParameter): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = null;
  }

  /** The scale makes room for quotes within a factor 1.6 of `centre`. */
  show(dots: readonly QuoteDot[], grid: Grid, colours: DotColours, centre: number | null): void {
    this.#dots = dots;
    this.#grid = grid;
    this.#colours = colours;
    this.#centre = centre;
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  autoscaleInfo(from: Logical, to: Logical): AutoscaleInfo | null {
    const values = this.#dots
      .filter((dot) => dot.weight >= SCALING_WEIGHT && this.#isNear(dot))
      .filter((dot) => this.#position(dot) >= from && this.#position(dot) <= to)
      .map((dot) => dot.implied);
    if (values.length === 0) return null;
    return { priceRange: { minValue: Math.min(...values), maxValue: Math.max(...values) } };
  }

  #isNear(dot: QuoteDot): boolean {
    if (this.#centre === null || this.#centre <= 0) return true;
    const ratio = dot.implied / this.#centre;
    return ratio <= FARTHEST_SCALED && ratio >= 1 / FARTHEST_SCALED;
  }

  #position(dot: QuoteDot): number {
    return (dot.time - this.#grid.start) / this.#grid.interval;
  }

  /** The chart maps whole positions only: a moment between two is interpolated. */
  #x(dot: QuoteDot): number | null {
    const scale = this.#attached?.chart.timeScale();
    if (scale === undefined) return null;
    const position = this.#position(dot);
    const before = Math.floor(position);
    const left = scale.logicalToCoordinate(before as Logical);
    const right = scale.logicalToCoordinate((before + 1) as Logical);
    if (left === null || right === null) return null;
    return left + (right - left) * (position - before);
  }

  #draw(target: DrawingTarget): void {
    const series = this.#attached?.series;
    if (series === undefined) return;
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      context.lineWidth = 1.5;
      for (const dot of this.#dots) {
        const x = this.#x(dot);
        const y = series.priceToCoordinate(dot.implied);
        if (x === null || y === null) continue;
        const shown = Math.max(EDGE, Math.min(mediaSize.height - EDGE, y));
        context.globalAlpha = shown === y ? 1 : PINNED_OPACITY;
        this.#drawDot(context, dot, x, shown);
      }
    });
  }

  #drawDot(context: CanvasRenderingContext2D, dot: QuoteDot, x: number, y: number): void {
    const radius = SMALLEST_RADIUS + RADIUS_PER_WEIGHT * Math.min(1, dot.weight);
    context.beginPath();
    if (dot.isAsk) {
      context.moveTo(x - radius, y - radius * 0.7);
      context.lineTo(x + radius, y - radius * 0.7);
      context.lineTo(x, y + radius);
      context.closePath();
      context.strokeStyle = this.#colours.ask;
      context.stroke();
      return;
    }
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.#colours.bid;
    context.fill();
  }
}
