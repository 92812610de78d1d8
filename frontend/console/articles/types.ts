// What the API sends about articles.
export interface Use {
  id: number
  title: string
  url: string
  published: boolean
  changed_at: string
  version: number
  passages: number
  answered: number
  nearly: number
  last_at: string | null
  idle: boolean
  stale: boolean
}

export interface Gap {
  title: string
  phrases: string[]
  questions: string[]
  asked: number
  last_at: string
}

/** How far a worker is with a version that was saved and does not answer yet. */
export interface Reading {
  article_id: number
  version: number
  done: number
  total: number
}

export interface Articles {
  articles: Use[]
  gaps: Gap[]
  reembedding: { done: number; total: number; updated_at: string } | null
  reading: Reading[]
  since: string
}

export interface Version {
  number: number
  title: string
  by: string
  at: string
  passages: number
  /** Null while it is being read, or when a later version was saved first. */
  read_at: string | null
}

export interface WholeVersion extends Version {
  body: string
}

export interface Article {
  id: number
  title: string
  body: string
  url: string
  published: boolean
  changed_at: string
  versions: Version[]
}

export interface ArticleGiven {
  title: string
  body: string
  url: string
  published: boolean
  edited: number | null
}

export interface Found {
  passages: { article_id: number; title: string; heading: string; text: string; score: number }[]
  answers: boolean
  sureness: number
  threshold: number
}

/** Web pages that are read into articles; `outcome` is empty until it is known. */
export interface Import {
  id: number
  by: string
  asked_at: string
  finished_at: string | null
  problem: string
  outcome: { total?: number; added?: number; changed?: number; same?: number; kept?: number; failed?: number; notes?: string[] }
  done: number
}
