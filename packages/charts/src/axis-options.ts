/**
 * A ChartAxis as chart.js wants it: which ticks it has room for and what they say. Knows no series.
 */
import { type ChartAxis, formatTick } from '@llmsim/analysis';
import type { Scale, ScaleOptionsByType } from 'chart.js';
import type { Palette } from './palette.ts';
import { fontOf, TEXT_PX, textScale } from './text-size.ts';

/** Below this a chart is on a telephone. */
const NARROW_PX = 320;
const NARROW_TEXT_PX = 11;

/** Room that a label needs from 1 to the next at 2, along an axis that lies and along one that stands. */
const OCTAVE_PX = { lying: 40, standing: 18 };

type NumberScale = 'linear' | 'logarithmic';
type DeepPartial<T> = T extends (...args: never) => unknown
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;

export type AxisOptions = { type: NumberScale } & DeepPartial<Omit<ScaleOptionsByType<NumberScale>, 'type'>>;

/** `inView` must stand inside the axis, besides the points; ticks are whole numbers where it `counts`. */
export function axisOptions(
  { label, unit, scale }: ChartAxis,
  { ink_quiet: ink, rule }: Palette,
  inView: readonly number[] = [],
  counts = false,
): AxisOptions {
  return {
    type: scale === 'log' ? 'logarithmic' : 'linear',
    title: { display: true, text: label, color: ink, font: fontOf },
    grid: { color: rule },
    border: { color: rule },
    ...(unit === 'share' && scale === 'linear' ? { min: 0, max: 1 } : {}),
    ...(inView.length === 0 ? {} : { suggestedMin: Math.min(...inView), suggestedMax: Math.max(...inView) }),
    ticks: {
      color: ink,
      font: ({ chart }) => {
        const scale = textScale(chart);
        return { size: scale * (chart.width < NARROW_PX * scale ? NARROW_TEXT_PX : TEXT_PX) };
      },
      ...(counts ? { precision: 0 } : {}),
      maxRotation: 0,
      autoSkipPadding: 12,
      callback(value) {
        const tick = Number(value);
        if (counts && !Number.isInteger(tick)) return null;
        if (scale === 'linear') return formatTick(tick, unit);
        const digits = labelledDigits(this);
        return digits === 'all' || digits.includes(mantissa(tick)) ? formatTick(tick, unit) : null;
      },
    },
  };
}

/** 1, 2 and 5 of each power of ten, or only 1 where they stand close; all where there is room and too few are left. */
function labelledDigits(axis: Scale): readonly number[] | 'all' {
  const { min, max } = axis;
  const [length, octave] = axis.isHorizontal()
    ? [axis.width, OCTAVE_PX.lying]
    : [axis.height, OCTAVE_PX.standing];
  const close = length / Math.log2(max / min) < octave * textScale(axis.chart);
  const digits = close ? [1] : [1, 2, 5];
  const within = (digit: number): number =>
    Math.floor(Math.log10(max / digit)) - Math.ceil(Math.log10(min / digit)) + 1;
  const labels = digits.reduce((count, digit) => count + within(digit), 0);
  return labels < (close ? 1 : 2) ? 'all' : digits;
}

/** What stands before the power of ten. */
function mantissa(value: number): number {
  return Number(value.toExponential(6).split('e')[0]);
}
