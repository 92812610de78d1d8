// Signals over the period, stacked by kind; the pointer or the arrow keys read out one step.
import { useState } from 'preact/hooks'
import { useWidth } from '../hooks'
import type { Report } from '../types'
import { day, kindWords, shortClock } from '../words'
import { axisTop, stacked } from './stack'

const HEIGHT = 220
const LEFT = 34
const BOTTOM = 22
const TOP = 8

interface ChartProps {
  report: Report
  colours: Map<string, number>
  kind: string
}

export function FrictionChart({ report, colours, kind }: ChartProps) {
  const [read, setRead] = useState<number | null>(null)
  // Drawn in real pixels, so that its text is as large on a phone as on a desktop.
  const [box, full] = useWidth<HTMLElement>(960)
  const kinds = kind ? report.kinds.filter((one) => one.kind === kind) : report.kinds
  const steps = stacked(kinds, report.buckets.length)
  const top = axisTop(Math.max(0, ...steps.map((step) => step.total)))
  const width = (full - LEFT) / Math.max(1, steps.length)
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const move = (by: number) => setRead((at) => Math.min(steps.length - 1, Math.max(0, (at ?? (by > 0 ? -1 : steps.length)) + by)))
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') move(1)
    else if (event.key === 'ArrowLeft') move(-1)
  }
  return (
    <figure class="chart" ref={box}>
      <p class="soft chart-unit">Signals in every {spanWords(report.bucket_seconds)}</p>
      <svg
        viewBox={`0 0 ${full} ${HEIGHT}`}
        height={HEIGHT}
        role="img"
        aria-label={`Signals from ${stepName(report, 0)} on, ${report.totals.signals} in all. Left and right arrow read the steps.`}
        tabIndex={0}
        onKeyDown={pressed}
        onPointerLeave={() => setRead(null)}
      >
        {[0, top / 2, top].map((value) => (
          <g key={value}>
            <line class="chart-grid" x1={LEFT} x2={full} y1={y(value)} y2={y(value)} />
            <text class="chart-label" x={LEFT - 6} y={y(value) + 4} text-anchor="end">
              {value}
            </text>
          </g>
        ))}
        {steps.map((step, index) => (
          <g key={index} class={read === index ? 'chart-step chart-step-read' : 'chart-step'} onPointerEnter={() => setRead(index)}>
            <rect class="chart-catch" x={LEFT + index * width} y={TOP} width={width} height={HEIGHT - TOP - BOTTOM} />
            {step.parts.map((part) => (
              <rect key={part.kind} class={`chart-bar kind-${colours.get(part.kind) ?? 0}`} x={LEFT + index * width + width * 0.14} width={width * 0.72} y={y(part.from + part.count)} height={Math.max(0, y(part.from) - y(part.from + part.count))} />
            ))}
          </g>
        ))}
        {ticks(report, full).map((index) => (
          <text key={index} class="chart-label" x={LEFT + (index + 0.5) * width} y={HEIGHT - 6} text-anchor="middle">
            {stepName(report, index)}
          </text>
        ))}
      </svg>
      <figcaption>
        <div class="chart-read" role="status">
          {read === null ? <Legend kinds={kinds} colours={colours} /> : <ReadOut report={report} index={read} step={steps[read]!} colours={colours} />}
        </div>
      </figcaption>
    </figure>
  )
}

function Legend({ kinds, colours }: { kinds: Report['kinds']; colours: Map<string, number> }) {
  return (
    <>
      {kinds.map(({ kind, trend }) => (
        <span key={kind} class="legend">
          <span class={`swatch kind-${colours.get(kind) ?? 0}`} />
          {kindWords(kind)} <strong>{trend.reduce((sum, count) => sum + count, 0)}</strong>
        </span>
      ))}
    </>
  )
}

interface ReadOutProps {
  report: Report
  index: number
  step: ReturnType<typeof stacked>[number]
  colours: Map<string, number>
}

function ReadOut({ report, index, step, colours }: ReadOutProps) {
  return (
    <>
      <span class="legend">
        <strong>
          {day(report.buckets[index]!)}, {shortClock(report.buckets[index]!)}
        </strong>
      </span>
      {step.parts.map((part) => (
        <span key={part.kind} class="legend">
          <span class={`swatch kind-${colours.get(part.kind) ?? 0}`} />
          {kindWords(part.kind)} <strong>{part.count}</strong>
        </span>
      ))}
      {step.parts.length === 0 && <span class="legend">no signals</span>}
    </>
  )
}

function stepName(report: Report, index: number): string {
  const bucket = report.buckets[index]
  if (!bucket) return ''
  return report.bucket_seconds < 6 * 3600 ? shortClock(bucket) : day(bucket)
}

function spanWords(seconds: number): string {
  const hours = seconds / 3600
  if (hours < 1) return `${Math.round(seconds / 60)} minutes`
  return hours === 1 ? 'hour' : hours === 24 ? 'day' : `${hours} hours`
}

/** Returns the steps to label: the first one of each name, at least 90 pixels apart. */
function ticks(report: Report, width: number): number[] {
  const size = report.buckets.length
  const apart = Math.ceil(size / Math.floor(width / 90))
  const shown: number[] = []
  for (let index = 0; index < size; index++) {
    const begins = index === 0 || stepName(report, index) !== stepName(report, index - 1)
    if (begins && (shown.length === 0 || index - shown.at(-1)! >= apart)) shown.push(index)
  }
  return shown
}
