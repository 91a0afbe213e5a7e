import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  // Development only: where the API listens.
  const api = loadEnv(mode, '.', 'WANGGE_').WANGGE_API ?? 'http://127.0.0.1:8787';
  return {
    plugins: [
      // plugin-react contains no Babel; only files that use a Lingui macro need it, and before JSX is gone.
      babel({ include: /web\/src\/.*\.tsx?$/, plugins: ['@lingui/babel-plugin-lingui-macro'] }),
      react(),
      // A message without an English text fails the build: the second language is complete or it is not there.
      lingui({ failOnMissing: true, failOnCompileError: true }),
    ],
    build: {
      target: 'chrome109',
      // MapLibre's chunk is large by nature and is loaded after the tables.
      chunkSizeWarningLimit: 1200,
    },
    optimizeDeps: { exclude: ['maplibre-gl'] },
    server: {
      host: '127.0.0.1',
      proxy: Object.fromEntries(['/api', '/ogc', '/healthz'].map((path) => [path, api])),
    },
  };
});
