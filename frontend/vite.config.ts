// One configuration for all modes, because a classic script, a set of ES modules and an application
// cannot come out of one bundle:
//
//   loader   dist/widget/vcsm.js      classic IIFE; the only file a product page names
//   visit    dist/widget/visit.js     ES module the loader imports at once: one file, one trip
//   parts    dist/widget/*.js         ES modules for later, relative to the loader's own address
//   console  dist/console/main.js     the members' screen, with hashed chunks beside it
//   player   dist/console/replay.js   the session replay's page, in a frame of the console
//   fixtures dist/fixtures/*.js       component libraries and other recorders, for tests
//   hosts    dist/fixtures/*_host.js  products made with React and Turbo, for tests
//   capture  dist/fixtures/capture.js the capture without loader and server, for tests
//
// Fixtures and capture serve benchmarks too. The player is built after the console.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, type UserConfig } from 'vite'
import { INNER } from './widget/inner.ts'

const here = import.meta.dirname
const target = 'es2022'
// The first versions with `light-dark()`; its fallback elsewhere does not notice `color-scheme`.
const cssTarget = ['chrome123', 'edge123', 'firefox120', 'safari17.5']

const LOADER = 'widget/loader.ts'
const VISIT = { visit: 'widget/visit.ts' }
const PARTS: Record<string, string> = {
  senses: 'widget/capture/senses.ts',
  panel: 'widget/panel/panel.tsx',
  replay: 'widget/replay/replay.ts',
  inspect: 'widget/inspect/inspect.ts',
}
const FIXTURES: Record<string, string> = {
  antd: 'fixtures/antd.js',
  shoelace: 'fixtures/shoelace.js',
  material: 'fixtures/material.js',
  names: 'fixtures/names.ts',
  posthog: 'fixtures/posthog.js',
  rrweb: 'fixtures/rrweb.js',
}
const HOSTS: Record<string, string> = {
  react_host: 'fixtures/react_host.js',
  turbo_host: 'fixtures/turbo_host.js',
}
// The libraries one major version earlier, under the pages that use today's.
const BEFORE = [
  { find: /^antd$/, replacement: 'antd-before' },
  { find: /^@mui\/material/, replacement: 'mui-before' },
]
const CAPTURE = { capture: 'widget/capture/alone.ts' }
const CONSOLE = 'console/main.tsx'
const PLAYER = 'console/replay/frame.ts'

function present(entries: Record<string, string>): Record<string, string> {
  const found = Object.entries(entries).filter(([, file]) => existsSync(resolve(here, file)))
  return Object.fromEntries(found.map(([name, file]) => [name, resolve(here, file)]))
}

const smallest: UserConfig['build'] = {
  minify: 'terser',
  terserOptions: {
    ecma: 2020,
    compress: { passes: 3 },
    format: { comments: false },
    // Also shortens names that the browser uses elsewhere: here they are ours.
    mangle: { toplevel: true, properties: { regex: new RegExp(`^(${INNER.join('|')})$`), keep_quoted: true, builtins: true } },
  },
}

function loader(): UserConfig {
  return {
    build: {
      ...smallest,
      outDir: 'dist/widget',
      // `npm run build` empties the directory first; this mode alone must not remove others' files.
      emptyOutDir: false,
      target,
      cssTarget,
      lib: { entry: resolve(here, LOADER), formats: ['iife'], name: '__vcsm', fileName: () => 'vcsm.js' },
    },
  }
}

function fixtures(): UserConfig {
  return { build: { ...modules(FIXTURES).build, outDir: 'dist/fixtures' } }
}

function hosts(): UserConfig {
  return { build: { ...modules(HOSTS).build, outDir: 'dist/fixtures' } }
}

// Built like the loader, so that tests look at what ships.
function capture(): UserConfig {
  return { build: { ...modules(CAPTURE).build, ...smallest, outDir: 'dist/fixtures' } }
}

// Built alone, so that what it shares with the panel does not become a file it must wait for.
function visit(): UserConfig {
  return modules(VISIT)
}

function versions(): UserConfig {
  const { antd, material } = FIXTURES as { antd: string; material: string }
  return { ...modules({ antd, material }), resolve: { alias: BEFORE } }
}

function parts(): UserConfig {
  return modules(PARTS)
}

function modules(entries: Record<string, string>): UserConfig {
  return {
    build: {
      outDir: 'dist/widget',
      emptyOutDir: false,
      target,
      cssTarget,
      modulePreload: false,
      rollupOptions: {
        input: present(entries),
        preserveEntrySignatures: 'exports-only',
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'shared-[name].js',
          assetFileNames: '[name][extname]',
        },
      },
    },
  }
}

function members(): UserConfig {
  return page({ main: CONSOLE }, true)
}

// Built alone: with the console, shared styles would land in sheets that no page links.
function player(): UserConfig {
  return page({ replay: PLAYER }, false)
}

function page(entries: Record<string, string>, emptyOutDir: boolean): UserConfig {
  return {
    base: './',
    build: {
      outDir: 'dist/console',
      emptyOutDir,
      target,
      cssTarget,
      rollupOptions: {
        input: present(entries),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          assetFileNames: '[name][extname]',
        },
      },
    },
  }
}

const MODES: Record<string, () => UserConfig> = {
  loader, visit, parts, console: members, player, fixtures, hosts, versions, capture,
}

export default defineConfig(({ mode }) => {
  const chosen = MODES[mode]?.() ?? {}
  return {
    root: here,
    // Preact through automatic JSX as in esbuild, so no plugin is needed.
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: chosen.build ? { 'process.env.NODE_ENV': '"production"' } : {},
    ...chosen,
    test: {
      include: ['**/*.test.ts', '**/*.test.tsx'],
      exclude: ['node_modules/**', 'dist/**'],
      setupFiles: ['shared/property_seed.ts'],
      testTimeout: 60_000, // a busy machine is no failure
    },
  } as UserConfig
})
