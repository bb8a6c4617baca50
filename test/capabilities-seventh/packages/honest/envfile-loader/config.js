(function () {
  require('./lib/main').config(Object.assign({}, { path: process.env.DOTENV_CONFIG_PATH, encoding: process.env.DOTENV_CONFIG_ENCODING, override: process.env.DOTENV_CONFIG_OVERRIDE }));
})();
