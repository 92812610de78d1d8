// What the API sends about a search.
export interface Hit {
  kind: string
  id: string
  title: string
  /** Pairs of start and end in code points. */
  title_marks: [number, number][]
  text: string
  text_marks: [number, number][]
  note: string
  address: string
  by: 'words' | 'meaning'
}

export interface Group {
  kind: string
  hits: Hit[]
}

export interface Found {
  groups: Group[]
  unread: string
}
