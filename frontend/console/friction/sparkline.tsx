// A line's trend as small bars: counts are counts, so bars start at zero and nothing is smoothed.
const WIDTH = 96
const HEIGHT = 24

export function Sparkline({ values, colour, unit = 'signals' }: { values: number[]; colour: number; unit?: string }) {
  const most = Math.max(1, ...values)
  const step = WIDTH / Math.max(1, values.length)
  const label = `${values.reduce((sum, value) => sum + value, 0)} ${unit}, at most ${Math.max(0, ...values)} in one step`
  return (
    <svg class={`spark kind-${colour}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <rect class="spark-floor" x="0" y={HEIGHT - 1} width={WIDTH} height="1" />
      {values.map((value, index) => {
        const height = value === 0 ? 0 : Math.max(2, (value / most) * (HEIGHT - 2))
        return <rect key={index} class="spark-bar" x={index * step + step * 0.1} y={HEIGHT - height} width={step * 0.8} height={height} rx="1" />
      })}
    </svg>
  )
}
