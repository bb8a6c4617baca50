export { sourcemapUpload, default } from '../cjs/index.js';
