// One configuration, three modes, because a classic script, a set of ES modules and an application
// cannot come out of one bundle:
//   loader   dist/widget/vcsm.js      classic IIFE; the only file a product page names
//   parts    dist/widget/*.js         ES modules the loader imports relative to its own address
//   console  dist/console/main.js     the members' screen, with hashed chunks beside it
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, type UserConfig } from 'vite'

const here = import.meta.dirname
const target = 'es2022'

const LOADER = 'widget/loader.ts'
const PARTS: Record<string, string> = {
  capture: 'widget/capture/capture.ts',
  watch: 'widget/capture/watch.ts',
  panel: 'widget/panel/panel.tsx',
  replay: 'widget/replay/replay.ts',
}
const CONSOLE = 'console/main.tsx'

function present(entries: Record<string, string>): Record<string, string> {
  const found = Object.entries(entries).filter(([, file]) => existsSync(resolve(here, file)))
  return Object.fromEntries(found.map(([name, file]) => [name, resolve(here, file)]))
}

function loader(): UserConfig {
  return {
    build: {
      outDir: 'dist/widget',
      emptyOutDir: true,
      target,
      lib: { entry: resolve(here, LOADER), formats: ['iife'], name: '__vcsm', fileName: () => 'vcsm.js' },
    },
  }
}

function parts(): UserConfig {
  return {
    build: {
      outDir: 'dist/widget',
      emptyOutDir: false,
      target,
      modulePreload: false,
      rollupOptions: {
        input: present(PARTS),
        preserveEntrySignatures: 'exports-only',
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'shared-[name].js',
        },
      },
    },
  }
}

function members(): UserConfig {
  return {
    base: './',
    build: {
      outDir: 'dist/console',
      emptyOutDir: true,
      target,
      rollupOptions: {
        input: present({ main: CONSOLE }),
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

const MODES: Record<string, () => UserConfig> = { loader, parts, console: members }

export default defineConfig(({ mode }) => {
  const chosen = MODES[mode]?.() ?? {}
  return {
    root: here,
    // Preact through esbuild-style automatic JSX: no plugin is needed for it.
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: chosen.build ? { 'process.env.NODE_ENV': '"production"' } : {},
    ...chosen,
    test: { include: ['**/*.test.ts', '**/*.test.tsx'], exclude: ['node_modules/**', 'dist/**'] },
  } as UserConfig
})
