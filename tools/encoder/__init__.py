"""Makes `data/language/encoder`: a sentence encoder that was taught how shoppers write, from a general one.

`make shop-encoder` (hours on one core, minutes on a graphics card; needs torch, which the product never does). The
network keeps every second layer of multilingual-e5-small, the words that Chinese and Latin letters make, and four bits
a weight. It learns

* which of our intents an example has, by its label and by what larger networks think of it; and, so that it stays at
  home elsewhere, which of those of MASSIVE (Chinese);
* to put texts of other kinds, English ones and passages of articles, where the network it came from puts them.

One example in eight is kept from it: these tell how far it is to be trusted (`Encoder.learnt`). So is every message
that the product is measured on (`messages_dev`, `jddc-51`), with its label.
"""
