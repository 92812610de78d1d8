// Calls of the articles' pages.
import { call } from '../api'
import type { Article, ArticleGiven, Articles, Found, Import, Reading, WholeVersion } from './types'

export const readArticles = () => call<Articles>('/articles')
export const readArticle = (id: number) => call<Article>(`/articles/${id}`)
export const readVersion = (id: number, number: number) => call<WholeVersion>(`/articles/${id}/versions/${number}`)
export const saveArticle = (id: number | null, given: ArticleGiven) => call<Article>(id === null ? '/articles' : `/articles/${id}`, given)
export const searchArticles = (text: string) => call<Found>(`/articles/search?q=${encodeURIComponent(text)}`)
export const readReadings = () => call<{ reading: Reading[] }>('/articles/reading').then(({ reading }) => reading)
export const readImport = () => call<{ latest: Import | null }>('/articles/import').then(({ latest }) => latest)
export const askImport = (addresses: string) => call<Import>('/articles/import', { addresses })
/** `name` is the file's path below the folder. */
export const importFile = (name: string, text: string) => call<{ outcome: 'added' | 'changed' | 'same' | 'kept' }>('/articles/import/file', { name, text })
