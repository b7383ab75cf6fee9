/** Builds the web app from web/ into dist/web. In development, /api and the served pages come from a running server. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { DEFAULT_PORT } from './src/cli/ports.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.HUDNA_SERVER ?? `http://localhost:${DEFAULT_PORT}`;

export default defineConfig({
  root: here('web'),
  plugins: [react()],
  build: {
    outDir: here('dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: {
      output: {
        // Fonts keep their names: the bulletin's style sheet points at them too.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.woff2') || name.endsWith('.woff'))
            ? 'assets/fonts/[name][extname]'
            : 'assets/[name]-[hash][extname]',
      },
    },
    // The map is one large library, fetched after the list.
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: 'es' },
  server: {
    fs: { allow: [here('.')] },
    proxy: Object.fromEntries(['/api', '/bulletins', '/feeds', '/record/', '/health'].map((path) => [path, server])),
  },
});
