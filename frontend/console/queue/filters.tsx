// What the queue is narrowed to, all of it in the address, and views saved under a name.
import { useEffect, useRef, useState } from 'preact/hooks'
import { readPeople } from '../api'
import { AGES, FILTER_NAMES, type Filters, go, type QueueAddress } from '../address'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { useLoaded } from '../hooks'
import { useMoney } from '../money'
import type { Me } from '../types'
import { reasonWords } from '../words'
import { SavedViews } from './saved_views'

export const REASONS = ['asked', 'matter', 'failed_help', 'friction', 'guardrail', 'unknown_answer']
const AGE_WORDS: Record<string, string> = { '15m': '15 minutes', '1h': 'an hour', '4h': '4 hours', '1d': 'a day', '7d': 'a week' }
const VALUES = ['50', '100', '500', '1000', '5000']
const TYPING_RESTS = 250

export function isFiltered(address: QueueAddress): boolean {
  return FILTER_NAMES.some((name) => address.filters[name])
}

export function FilterBar({ address, me }: { address: QueueAddress; me: Me }) {
  const [open, setOpen] = useState(false)
  const narrow = (change: Filters) => go({ ...address, filters: kept({ ...address.filters, ...change }) }, 'replace')
  const others = FILTER_NAMES.filter((name) => name !== 'find' && address.filters[name]).length
  return (
    <div class="filters">
      <div class="filters-line">
        <Find text={address.filters.find ?? ''} find={(find) => narrow({ find })} />
        <Button look="quiet" aria-expanded={open} data-testid="filters" onClick={() => setOpen(!open)}>
          Filter{others > 0 && ` · ${others}`}
        </Button>
        <SavedViews address={address} />
      </div>
      {open && <Choices filters={address.filters} me={me} narrow={narrow} />}
      {isFiltered(address) && (
        <p class="filters-on">
          <button type="button" class="filters-clear" data-testid="filters-clear" onClick={() => go({ ...address, filters: {} })}>
            <Icon name="close" /> Without filters
          </button>
        </p>
      )}
    </div>
  )
}

/** Waits until typing rests; what the address says replaces what is written only while nobody types. */
function Find({ text, find }: { text: string; find(text: string): void }) {
  const [written, write] = useState(text)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    if (document.activeElement !== input.current) write(text)
  }, [text])
  useEffect(() => () => clearTimeout(timer.current), [])
  const latest = useRef(find)
  latest.current = find
  const changed = (value: string) => {
    write(value)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current(value.trim()), TYPING_RESTS)
  }
  return (
    <input
      ref={input}
      class="vc-field filters-find"
      type="search"
      placeholder="Find"
      aria-label="Find in the queue"
      maxLength={200}
      value={written}
      data-testid="queue-find"
      onInput={(event) => changed(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
    />
  )
}

interface ChoicesProps {
  filters: Filters
  me: Me
  narrow(change: Filters): void
}

function Choices({ filters, me, narrow }: ChoicesProps) {
  const money = useMoney()
  const people = useLoaded('people', readPeople)
  const others = (people.value ?? []).filter((one) => one.id !== me.member.id)
  return (
    <div class="filters-choices" data-testid="filter-choices">
      <Choice label="Reason" value={filters.reason ?? ''} give={(reason) => narrow({ reason })} options={REASONS.map((reason) => [reason, reasonWords(reason)])} />
      <Choice
        label="Owner"
        value={filters.owner ?? ''}
        give={(owner) => narrow({ owner })}
        options={[['me', 'Me'], ['none', 'Nobody'], ...others.map((one): [string, string] => [String(one.id), one.name])]}
      />
      <Choice label="Opened" value={filters.newer ?? ''} give={(newer) => narrow({ newer } as Filters)} options={AGES.map((age) => [age, `within ${AGE_WORDS[age]}`])} />
      <Choice label="Waiting" value={filters.older ?? ''} give={(older) => narrow({ older } as Filters)} options={AGES.map((age) => [age, `longer than ${AGE_WORDS[age]}`])} />
      <Choice label="Value" value={filters.value ?? ''} give={(value) => narrow({ value })} options={VALUES.map((value) => [value, `at least ${money.short(Number(value))}`])} />
      <label class="filters-check">
        <input type="checkbox" checked={filters.always === '1'} onChange={(event) => narrow({ always: event.currentTarget.checked ? '1' : '' })} />
        Must reach a person
      </label>
      {filters.account && (
        <Button look="quiet" onClick={() => narrow({ account: '' })}>
          <Icon name="close" /> One account only
        </Button>
      )}
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: [string, string][]
  give(value: string): void
}

function Choice({ label, value, options, give }: ChoiceProps) {
  // An address may name what is not among the choices, such as two reasons at once.
  const unknown = value && !options.some(([known]) => known === value)
  return (
    <label class="filters-choice">
      {label}
      <select class="vc-field" value={value} data-testid={`filter-${label.toLowerCase()}`} onChange={(event) => give(event.currentTarget.value)}>
        <option value="">Any</option>
        {unknown && <option value={value}>{value.split(',').map(reasonWords).join(', ')}</option>}
        {options.map(([known, words]) => (
          <option key={known} value={known}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

function kept(filters: Filters): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value)) as Filters
}
