import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** The service worker, which keeps every file of the site, and the manifest that makes it installable; all addresses are relative. */
export const installable = (): Plugin[] =>
  VitePWA({
    strategies: 'injectManifest',
    registerType: 'prompt',
    includeManifestIcons: false,
    injectRegister: false,
    srcDir: 'src/workers',
    filename: 'service-worker.ts',
    manifest: {
      id: './',
      name: 'Looplab: a learning lab for MLOps',
      short_name: 'Looplab',
      description: 'Take a real data set through the whole life of a model, in a browser tab.',
      start_url: './',
      scope: './',
      display: 'standalone',
      lang: 'en',
      dir: 'ltr',
      categories: ['education', 'developer'],
      background_color: '#f6f6f3',
      theme_color: '#f6f6f3',
      icons: [
        { src: './icons/looplab.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: './icons/looplab-192.png', sizes: '192x192', type: 'image/png' },
        { src: './icons/looplab-512.png', sizes: '512x512', type: 'image/png' },
        { src: './icons/looplab-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      globIgnores: ['**/*.map', 'service-worker.js', 'manifest.webmanifest'],
      maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
      dontCacheBustURLsMatching: /^assets\/.*-[\w-]{8}\./,
    },
  });
