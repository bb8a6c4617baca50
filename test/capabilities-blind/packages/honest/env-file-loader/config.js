(function () {
  require('./lib/main').config({ path: process.env.DOTENV_CONFIG_PATH, encoding: process.env.DOTENV_CONFIG_ENCODING });
})();
