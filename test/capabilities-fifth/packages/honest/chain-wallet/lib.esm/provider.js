export class JsonRpcProvider {
    #id = 1;
    constructor(url, options = {}) {
        this.url = url ?? "http://localhost:8545";
        this.options = options;
    }
    async send(method, params) {
        const response = await fetch(this.url, {
            method: "POST",
            headers: { "content-type": "application/json", ...this.options.headers },
            body: JSON.stringify({ jsonrpc: "2.0", id: this.#id++, method, params }),
        });
        if (!response.ok) {
            throw new Error(`server response ${response.status}`);
        }
        const { result, error } = await response.json();
        if (error) {
            throw Object.assign(new Error(error.message), { code: error.code, data: error.data });
        }
        return result;
    }
    getBalance(address) {
        return this.send("eth_getBalance", [address, "latest"]).then(BigInt);
    }
}
export function getDefaultProvider(network, options = {}) {
    const key = options.apiKey ?? process.env.CHAIN_API_KEY ?? "";
    return new JsonRpcProvider(`https://${network}.rpc.example.test/v3/${key}`);
}
