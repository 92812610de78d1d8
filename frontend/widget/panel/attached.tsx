// A file of a message: its name, and for a picture a small preview. Pictures are drawn on a canvas,
// because a strict policy allows no `<img>`; files are never opened in the page.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import type { Attached } from '../../protocol/protocol.ts'
import type { Texts } from '../languages/en.ts'
import type { Deeds } from './face.ts'
import { fetchFile, save } from './files.ts'

const WIDTH = 240
const HEIGHT = 160

interface Props {
  file: Attached
  deeds: Deeds
  texts: Texts
}

export function AttachedFile({ file, deeds, texts }: Props) {
  const [failed, setFailed] = useState(false)
  const get = async () => {
    const blob = await fetchFile(deeds.core, file.id)
    setFailed(!blob)
    if (blob) save(blob, file.name)
  }
  return (
    <button type="button" class="file" data-vcsm="attached" title={texts.download(file.name)} onClick={get}>
      {file.kind.startsWith('image/') && <Thumbnail file={file} deeds={deeds} />}
      <span class="file-name">
        <Icon name={failed ? 'warning' : 'file'} /> <bdi>{file.name}</bdi> <span class="file-size">{sizeOf(file.size, texts.language)}</span>
      </span>
    </button>
  )
}

function Thumbnail({ file, deeds }: Omit<Props, 'texts'>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    let wanted = true
    void (async () => {
      try {
        const blob = await fetchFile(deeds.core, file.id)
        if (!blob || !wanted) return
        const image = await createImageBitmap(blob)
        if (wanted && canvas.current) setDrawn(paint(canvas.current, image))
        image.close()
      } catch {
        // Only the name is shown then.
      }
    })()
    return () => { wanted = false }
  }, [file.id])
  return <canvas ref={canvas} class="thumb" hidden={!drawn} aria-hidden="true" />
}

function paint(canvas: HTMLCanvasElement, image: ImageBitmap): boolean {
  const scale = Math.min(1, WIDTH / image.width, HEIGHT / image.height)
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return true
}

function sizeOf(bytes: number, language: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value)
}
