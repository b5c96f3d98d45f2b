/** curl's options as its manual lists them. Holds no logic. */

/** Every option with a value, then flags whose names others start with. */
export const CURL_OPTIONS = [
  'abstract-unix-socket= alt-svc= aws-sigv4= cacert= capath= E= cert= cert-type= ciphers= K= config=',
  'connect-timeout= connect-to= C= continue-at= b= cookie= c= cookie-jar= create-file-mode= crlfile= curves=',
  'd= data= data-ascii= data-binary= data-raw= data-urlencode= delegation= dns-interface= dns-ipv4-addr=',
  'dns-ipv6-addr= dns-servers= doh-url= D= dump-header= ech= egd-file= engine= etag-compare= etag-save=',
  'expect100-timeout= F= form= form-string= ftp-account= ftp-alternative-to-user= ftp-method= P= ftp-port=',
  'ftp-ssl-ccc-mode= happy-eyeballs-timeout-ms= haproxy-clientip= H= header= h= help= hostpubmd5= hostpubsha256=',
  'hsts= interface= ip-tos= ipfs-gateway= json= keepalive-cnt= keepalive-time= key= key-type= knownhosts= krb=',
  'libcurl= limit-rate= local-port= login-options= mail-auth= mail-from= mail-rcpt= max-filesize= max-redirs=',
  'm= max-time= netrc-file= noproxy= oauth2-bearer= o= output= output-dir= parallel-max= parallel-max-host=',
  'pass= pinnedpubkey= preproxy= proto= proto-default= proto-redir= x= proxy= proxy-cacert= proxy-capath=',
  'proxy-cert= proxy-cert-type= proxy-ciphers= proxy-crlfile= proxy-header= proxy-key= proxy-key-type= proxy-pass=',
  'proxy-pinnedpubkey= proxy-service-name= proxy-tls13-ciphers= proxy-tlsauthtype= proxy-tlspassword=',
  'proxy-tlsuser= U= proxy-user= proxy1.0= pubkey= Q= quote= random-file= r= range= rate= e= referer= X=',
  'request= request-target= resolve= retry= retry-delay= retry-max-time= sasl-authzid= service-name= sigalgs=',
  'socks4= socks4a= socks5= socks5-gssapi-service= socks5-hostname= Y= speed-limit= y= speed-time= ssl-sessions=',
  'stderr= t= telnet-option= tftp-blksize= z= time-cond= tls-max= tls13-ciphers= tlsauthtype= tlspassword=',
  'tlsuser= trace= trace-ascii= trace-config= unix-socket= T= upload-file= upload-flags= url= url-query= u= user=',
  'A= user-agent= variable= vlan-priority= w= write-out=',
  'append compressed create-dirs disable fail fail-early fail-with-body form-escape get globoff head include',
  'insecure location location-trusted netrc netrc-optional next no-buffer no-clobber no-progress-meter parallel',
  'progress-bar proxy-anyauth proxy-insecure proxytunnel raw remote-header-name remote-name remote-name-all',
  'remote-time retry-all-errors show-error silent skip-existing ssl ssl-reqd tr-encoding trace-ids trace-time',
  'verbose version manual xattr',
].join(' ');

/** Options whose value is a file that is read, without showing or sending it. */
export const CURL_READS = [
  'cacert',
  'cert',
  'E',
  'crlfile',
  'etag-compare',
  'key',
  'netrc-file',
  'proxy-cert',
  'proxy-key',
  'pubkey',
];

/** Options whose value is a file that is written. */
export const CURL_WRITES = [
  'c',
  'cookie-jar',
  'D',
  'dump-header',
  'etag-save',
  'libcurl',
  'stderr',
  'trace',
  'trace-ascii',
];

/** Options whose value is another host that is contacted. */
export const CURL_PROXIES = [
  'x',
  'proxy',
  'preproxy',
  'proxy1.0',
  'socks4',
  'socks4a',
  'socks5',
  'socks5-hostname',
  'doh-url',
  'ipfs-gateway',
];
