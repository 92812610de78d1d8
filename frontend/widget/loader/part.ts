/**
 * Returns a function that fetches a part from beside the loader, once. After a failure the next
 * call tries a new address.
 */
export function part<Part>(script: string, file: string): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  let failures = 0
  return () => {
    if (!loading) {
      loading = import(/* @vite-ignore */ new URL(file, script).href + (failures ? `?again=${failures}` : ''))
      loading.catch(() => {
        loading = null
        failures++
      })
    }
    return loading
  }
}
