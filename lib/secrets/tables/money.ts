/** Token formats of payment, commerce, shipping, banking and trading services. Data only. */

export const MONEY_TOKENS = `
stripe-access-token  Stripe  sk_live_{A10,247}  entropy=2.8
stripe-access-token  Stripe  sk_test_{A10,247}  entropy=2.8
stripe-access-token  Stripe  sk_prod_{A10,247}  entropy=2.8
stripe-access-token  Stripe  rk_live_{A10,247}  entropy=2.8
stripe-access-token  Stripe  rk_test_{A10,247}  entropy=2.8
stripe-access-token  Stripe  rk_prod_{A10,247}  entropy=2.8
stripe-webhook-secret  Stripe  whsec_{[A-Za-z0-9+/]32,64}(=)?  entropy=3.3 words
stripe-ephemeral-key  Stripe  ek_(live|test)_{[A-Za-z0-9+/,]60,200}  find=ek_live_,ek_test_ at=0
square-access-token  Square  sq0atp-{s22,60}
square-oauth-secret  Square  sq0csp-{s40,64}
square-access-token  Square  EAAA{s56,62}  entropy=3.8
braintree-access-token  Braintree  access_token$production{[$]1}{a16}{[$]1}{h32}
braintree-sandbox-token  Braintree  access_token$sandbox{[$]1}{a16}{[$]1}{h32}
razorpay-key-id  Razorpay  rzp_live_{A14}  entropy=3.2
razorpay-key-id  Razorpay  rzp_test_{A14}  entropy=3.2
flutterwave-secret-key  Flutterwave  FLWSECK_TEST-{[a-h0-9]32}-X
flutterwave-encryption-key  Flutterwave  FLWSECK_TEST{[a-h0-9]12}
flutterwave-encryption-key  Flutterwave  FLWSECK_TEST-{[a-h0-9]12}
flutterwave-live-secret-key  Flutterwave  FLWSECK-{[a-z0-9]32}(-{a8,16}vt)?-X
flutterwave-public-key  Flutterwave  FLWPUBK_TEST-{[a-h0-9]32}-X
flutterwave-live-public-key  Flutterwave  FLWPUBK-{[a-z0-9]32}-X
midtrans-server-key  Midtrans  Mid-server-{s24}
midtrans-sandbox-key  Midtrans  SB-Mid-server-{s24}
xendit-secret-key  Xendit  xnd_(development|production)_{A40,70}
omise-secret-key  Omise  skey_(test_)?{[a-z0-9]19}  entropy=3
mercadopago-access-token  Mercado Pago  APP_USR-{d12,20}-{d6}-{h32}-{d6,12}
mercadopago-test-token  Mercado Pago  TEST-{d12,20}-{d6}-{h32}-{d6,12}
paddle-api-key  Paddle  pdl_(live_|sdbx_)?apikey_{a26}_{A22}_{A3}
polar-access-token  Polar  polar_(oat|pat|at_o|at_u|rt)_{A32,64}
checkout-secret-key  Checkout.com  sk_sbox_{[a-z2-7]26}{[*:=+#$!a-z2-7-]1}  entropy=3
shopify-access-token  Shopify  shpat_{H32}
shopify-custom-access-token  Shopify  shpca_{H32}
shopify-private-app-access-token  Shopify  shppa_{H32}
shopify-shared-secret  Shopify  shpss_{H32}
shopify-customer-token  Shopify  shcat_{s60,800}
shopify-partner-token  Shopify  prtapi_{H32}
woocommerce-consumer-secret  WooCommerce  cs_{h40}  entropy=3.2
woocommerce-consumer-key  WooCommerce  ck_{h40}  entropy=3.2
duffel-api-token  Duffel  duffel_(test|live)_{e43}
shippo-api-token  Shippo  shippo_(live|test)_{H40}
easypost-api-token  EasyPost  EZAK{A54}  entropy=3.5
easypost-test-api-token  EasyPost  EZTK{A54}  entropy=3.5
lob-api-key  Lob  live_{h35}  entropy=3
lob-api-key  Lob  test_{h35}  entropy=3
lob-pub-api-key  Lob  live_pub_{h31}  entropy=3
lob-pub-api-key  Lob  test_pub_{h31}  entropy=3
plaid-api-token  Plaid  access-(sandbox|development|production)-{u}  entropy=3
persona-api-key  Persona  persona_(production|sandbox)_{u}
asaas-api-key  Asaas  aact_{t100,250}  entropy=3.5
ebay-oauth-token  eBay  v^1.1#i^1#{[A-Za-z0-9#^+/=]40,2000}
ebay-production-secret  eBay  PRD-{h12}-{h4}-{h4}-{h4}-{h4}
coinbase-cdp-key  Coinbase  organizations/{u}/apiKeys/{u}
alchemy-token  Alchemy  alcht_{A30}
circle-api-key  Circle  LIVE_API_KEY:{h32}:{h32}
circle-test-key  Circle  TEST_API_KEY:{h32}:{h32}
secret-key  API secret key  sk_live_{s24,250}  entropy=3.5 words
secret-key  API secret key  sk_test_{s24,250}  entropy=3.8 words
secret-key  API secret key  sk_prod_{s24,250}  entropy=3.5 words
secret-key  API secret key  sk_production_{s24,250}  entropy=3.5 words
secret-key  API secret key  sk_staging_{s24,250}  entropy=3.5 words
stripe-organization-key  Stripe  sk_org_(live|test)_{A20,247}  entropy=2.8
brex-user-token  Brex  bxt_{A30,60}
checkout-live-secret-key  Checkout.com  sk_{[a-z2-7]26}{[*:=+#$!]1}  entropy=3.5 words
mollie-live-key  Mollie  live_{A30}  entropy=4 words
onfido-api-token  Onfido  api_live(_(us|ca|eu))?.{[A-Za-z0-9_.-]20,80}  entropy=3.8 words
onfido-sandbox-token  Onfido  api_sandbox(_(us|ca|eu))?.{[A-Za-z0-9_.-]20,80}  entropy=3.8 words
ramp-client-secret  Ramp  ramp_sec_{A48}
shopify-user-token  Shopify  shpua_{H32}
shopify-theme-access-password  Shopify  shptka_{H32}
`;
