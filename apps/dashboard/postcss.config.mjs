/** Tailwind as the only PostCSS plugin. */
const config = { plugins: { '@tailwindcss/postcss': {} } };

export default config;
