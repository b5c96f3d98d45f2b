/** Which programs read which of their words as files, as data. Holds no logic. */

export interface Reader {
  /** Names, blanks between them. */
  readonly names: string;
  /** Options as readOptions takes them; only those with a value or an abbreviation matter. */
  readonly spec?: string;
  /** Operands before the first file. */
  readonly skip?: number;
  /** Options whose value is a file that is read, written, or shell text that is run. */
  readonly reads?: string;
  readonly writes?: string;
  readonly runs?: string;
  /** Options with which trees are read. */
  readonly recursive?: string;
  /** With more operands than this, the last one is written. */
  readonly lastWritten?: number;
  /** Options with which the files themselves are changed; `''` = always. */
  readonly edits?: string;
  /** Tells what a file is or how long, never what it says. */
  readonly onlyNames?: boolean;
  /** `@file` stands for the arguments in that file. */
  readonly argumentFiles?: boolean;
}

const DIFF =
  'a text b B c C? context? u U= unified? e ed n rcs y side-by-side q brief r recursive N new-file i w W= width= x= exclude= X= exclude-from= S= starting-file= F= show-function-line= I= ignore-matching-lines= L= label= D= ifdef= from-file= to-file= l paginate p t T color? palette= horizon-lines= line-format= tabsize= s o= output= diff-program= strip-trailing-cr help version';

export const READERS: readonly Reader[] = [
  { names: 'cat gcat tac rev hd vis ul colrm col colcrt nkf' },
  {
    names: 'bat batcat',
    spec: 'l= language= H= highlight-line= file-name= diff-context= tabs= wrap= terminal-width= color= italic-text= decorations= paging= pager= m= map-syntax= ignored-suffix= theme= r= line-range= style= L list-languages P plain? p n number A show-all f force-colorization d diff u h help V version',
    runs: 'pager',
  },
  { names: 'head ghead', spec: 'c= bytes= n= lines= q quiet silent v verbose z help version' },
  {
    names: 'tail gtail multitail',
    spec: 'c= bytes= f follow? F n= lines= max-unchanged-stats= pid= q quiet retry s= sleep-interval= v z help version',
  },
  {
    names: 'nl',
    spec: 'b= body-numbering= d= section-delimiter= f= footer-numbering= h= header-numbering= i= line-increment= l= join-blank-lines= n= number-format= p s= number-separator= v= starting-line-number= w= number-width=',
  },
  {
    names: 'wc',
    spec: 'c bytes m chars l lines w words L files0-from= total=',
    reads: 'files0-from',
    onlyNames: true,
  },
  {
    names: 'sort gsort',
    spec: 'b d f g i M h n R random-source= r V sort= batch-size= c check? C compress-program= debug files0-from= k= key= m o= output= s S= buffer-size= t= field-separator= T= temporary-directory= parallel= u unique z help version',
    reads: 'files0-from random-source',
    writes: 'o output',
    runs: 'compress-program',
  },
  {
    names: 'uniq',
    spec: 'c count d D all-repeated? f= skip-fields= group? i s= skip-chars= u z w= check-chars= help version',
    lastWritten: 1,
  },
  {
    names: 'cut gcut',
    spec: 'b= bytes= c= characters= d= delimiter= f= fields= n complement s only-delimited output-delimiter= z help version',
  },
  { names: 'paste', spec: 'd= delimiters= s serial z' },
  { names: 'join', spec: 'a= e= i j= o= t= v= 1= 2= check-order nocheck-order header z' },
  { names: 'comm', spec: '1 2 3 check-order nocheck-order output-delimiter= total z' },
  { names: 'cmp', spec: 'b print-bytes i= ignore-initial= l verbose n= bytes= s quiet silent' },
  {
    names: 'diff gdiff colordiff diff3 sdiff wdiff icdiff zdiff bzdiff xzdiff',
    spec: DIFF,
    reads: 'from-file to-file X exclude-from',
    writes: 'o output',
    runs: 'diff-program',
    recursive: 'r recursive',
  },
  {
    names: 'delta difft',
    spec: 'pager= paging= width= color= syntax-theme= features= config= override=',
    runs: 'pager',
  },
  {
    names: 'od',
    spec: 'A= address-radix= j= skip-bytes= N= read-bytes= S= strings? t= format= v w= width? endian= a b c d f i l o s x',
  },
  {
    names: 'xxd',
    spec: 'a autoskip b bits c= cols= e E g= groupsize= h i include l= len= n= name= o= p ps plain r revert s= seek= u R=',
    lastWritten: 1,
  },
  { names: 'hexdump', spec: 'b c C d e= f= n= o s= v x L?', reads: 'f' },
  { names: 'hexyl', spec: 'n= length= c= bytes= s= skip= block-size= display-offset= color= border=' },
  { names: 'strings gstrings', spec: 'a n= bytes= t= radix= e= encoding= T= target= s= output-separator= f' },
  {
    names: 'file',
    spec: 'b brief C m= magic-file= e= exclude= F= separator= f= files-from= i mime k L p P= parameter= r s z Z',
    reads: 'f files-from m magic-file',
    onlyNames: true,
  },
  {
    names:
      'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum md5 shasum xxhsum b3sum crc32 rhash',
    spec: 'a= algorithm= l= length= b c check t quiet status tag text binary strict w warn z U= ignore-missing',
    onlyNames: true,
  },
  {
    names: 'base64 base32 basenc base58 gbase64',
    spec: 'd D decode i= ignore-garbage w= wrap= o= output= b= break= input= base64 base64url base32 base32hex base16 base2msbf base2lsbf z85',
    reads: 'i input',
    writes: 'o output',
  },
  { names: 'uuencode', lastWritten: 1 },
  { names: 'uudecode', spec: 'o= output-file= m', writes: 'o output-file' },
  {
    names: 'fold fmt expand unexpand',
    spec: 'b bytes c s spaces w= width= t= tabs= i initial a all first-only p= prefix= u g= goal=',
  },
  {
    names: 'pr',
    spec: 'a c d D= date-format= e? f h= header= i? J l= length= m n? N= first-line-number= o= indent= r s? S? t T v w= width= W= page-width=',
  },
  {
    names: 'column',
    spec: 'c= output-width= t s= separator= o= output-separator= N= table-columns= H= table-hide= l= table-columns-limit= R= table-right= T= table-truncate= W= table-wrap= O= table-order= n= table-name= J i= tree-id= p= tree-parent= r= tree= x E=',
  },
  {
    names: 'iconv',
    spec: 'f= from-code= t= to-code= l list c s silent o= output= verbose byte-subst= unicode-subst=',
    writes: 'o output',
  },
  {
    names: 'shuf',
    spec: 'e echo i= input-range= n= head-count= o= output= random-source= r z',
    reads: 'random-source',
    writes: 'o output',
  },
  {
    names: 'tsort factor numfmt ptx',
    spec: 'd= delimiter= field= format= from= from-unit= grouping header? invalid= padding= round= suffix= to= to-unit= o= only-file= i= ignore-file= b= break-file= w= width= g= gap-size= S= W= M= F=',
    reads: 'o only-file i ignore-file b break-file',
  },
  { names: 'look', skip: 1, spec: 'a b d f t=' },
  { names: 'zcat gzcat bzcat xzcat lzcat zstdcat lz4cat zmore lzmore lz4less', spec: 'S= suffix=' },
  {
    names: 'readelf objdump nm size ldd otool addr2line c++filt strip-debug',
    spec: 'x= R= p= w? j= section= e= exe= f= M= t= radix= target= o B S= D d h s l',
    reads: 'e exe f',
    argumentFiles: true,
  },
  {
    names: 'cloc tokei scc',
    spec: 'exclude-dir= include-lang= out= report-file= list-file= t= type= e= exclude= o= output= f= format=',
    reads: 'list-file',
    writes: 'out report-file',
    onlyNames: true,
  },
  { names: 'csvtool', skip: 2, spec: 't= u= o=', writes: 'o' },
  {
    names: 'csvcut csvgrep csvsort csvstat csvlook csvformat csvjson in2csv csvclean xsv qsv mlr',
    spec: 'c= columns= d= delimiter= q= m= match= r= f= file= o= output= from= n= e= encoding= s= icsv ojson ocsv ijson',
    reads: 'f file from',
    writes: 'o output',
  },
  {
    names: 'pygmentize highlight source-highlight glow mdcat ccat lolcat',
    spec: 'l= f= O= o= out-format= i= input= output= S= syntax= style= s= w= width= P= F= p',
    reads: 'i input',
    writes: 'o output',
  },
  {
    names: 'pandoc',
    spec: 'f= from= r= read= t= to= w= write= o= output= M= metadata= metadata-file= d= defaults= V= variable= H= include-in-header= B= include-before-body= A= include-after-body= c= css= F= filter= L= lua-filter= template= bibliography= csl= resource-path= reference-doc= log= extract-media= pdf-engine= data-dir= toc s standalone',
    reads:
      'metadata-file d defaults H include-in-header B include-before-body A include-after-body template bibliography',
    writes: 'o output log',
    runs: 'F filter pdf-engine',
  },
  {
    names: 'xmllint xmlstarlet xsltproc tidy',
    spec: 'xpath= format noout schema= relaxng= dtdvalid= o= output= path= stringparam= param= config= shell',
    writes: 'o output',
  },
  {
    names: 'cpp',
    spec: 'D= U= I= include= s synclines o= F= R= freeze-state= reload-state= t= d?',
    reads: 'R reload-state include',
    writes: 'o F freeze-state',
  },
  {
    names: 'groff nroff troff tbl eqn pic soelim zsoelim msgcat msgattrib msgconv msguniq aspell',
    spec: 'o= output-file= output= T= m= r= c= p= P= f=',
    reads: 'c',
    writes: 'output-file output',
  },
  { names: 'dos2unix unix2dos mac2unix', spec: 'n newfile c= convmode= i? info? k keepdate b q', edits: '' },
];
