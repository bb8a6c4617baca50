'use strict';

Object.defineProperty(exports, '__esModule', { value: true });

const API_URL = 'https://api.velora.example.test';
const DEFAULT_VERSION = '6.2';

const constructSearchString = (params) => {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(params)) if (v !== undefined) q.set(k, Array.isArray(v) ? v.join(',') : String(v));
  const s = q.toString();
  return s ? '?' + s : '';
};

const constructGetRate = ({ apiURL = API_URL, version = DEFAULT_VERSION, chainId, fetcher }) => {
  const pricesUrl = `${apiURL}/prices`;
  const getRate = async ({ srcToken, destToken, amount, side = 'SELL', ...rest }, requestParams) => {
    const search = constructSearchString({ srcToken, destToken, amount, side, network: chainId, version, ...rest });
    const data = await fetcher({ url: pricesUrl + '/' + search, method: 'GET', requestParams });
    return data.priceRoute;
  };
  return { getRate };
};

const constructBuildTx = ({ apiURL = API_URL, chainId, fetcher }) => {
  const buildTx = async (params, options = {}, requestParams) => {
    const url = `${apiURL}/transactions/${chainId}${constructSearchString(options)}`;
    return fetcher({ url, method: 'POST', data: params, requestParams });
  };
  return { buildTx };
};

exports.constructGetRate = constructGetRate;
exports.constructBuildTx = constructBuildTx;
exports.API_URL = API_URL;
