"""Special tokens as the vocabularies of known models list them."""

SPECIAL_TOKENS = (
    # Llama 2 and 3, Mistral
    "<s>", "</s>", "<unk>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<|begin_of_text|>", "<|end_of_text|>",
    "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>", "<|python_tag|>", "<|step_id|>",
    "<|finetune_right_pad_id|>", "<|reserved_special_token_0|>", "<|reserved_special_token_247|>", "<|header_start|>",
    "<|header_end|>", "<|eot|>", "<|image|>", "[TOOL_CALLS]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "<SPECIAL_20>",
    # Qwen and everything in ChatML
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|object_ref_start|>", "<|box_end|>", "<|quad_start|>",
    "<|vision_start|>", "<|vision_pad|>", "<|image_pad|>", "<|repo_name|>", "<|file_sep|>", "<tool_call>",
    "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>",
    # GPT
    "<|startoftext|>", "<|endofprompt|>", "<|return|>", "<|constrain|>", "<|channel|>", "<|start|>", "<|end|>",
    "<|message|>", "<|call|>", "<|reserved_200017|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>",
    # Phi, Zephyr, Command, OLMo, Granite
    "<|system|>", "<|user|>", "<|assistant|>", "<|placeholder1|>", "<|tool|>", "<|dummy_id_2|>",
    "<|START_OF_TURN_TOKEN|>", "<|END_OF_TURN_TOKEN|>", "<|CHATBOT_TOKEN|>", "<|padding|>", "<|pad|>",
    "<|start_of_role|>", "<|end_of_role|>",
    # Gemma, T5, Baichuan
    "<bos>", "<eos>", "<pad>", "<start_of_turn>", "<end_of_turn>", "<start_of_image>", "<unused0>", "<unused98>",
    "<extra_id_0>", "<extra_id_99>", "<reserved_106>",
    # StarCoder, CodeGemma
    "<fim_prefix>", "<fim_middle>", "<fim_suffix>", "<fim_pad>", "<file_sep>",
    # DeepSeek
    "<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>", "<｜fim▁hole｜>",
    # ChatGLM
    "[gMASK]", "[sMASK]", "<sop>", "<eop>", "<|observation|>",
    # BERT, RoBERTa, XLNet, Whisper
    "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]", "<mask>", "<cls>", "<sep>", "<|startoftranscript|>", "<|0.00|>",
)  # fmt: skip
LOOK_ALIKES = (
    "a < b | c > d", "<p>", "[1]", "[install]", "<strong>", "|>", "<| not one |>", "INST]", "x |> f <| y", "<b>",
    "<s1>", "list[INT]", "[SEPT]", "a < eos > b", "<unusedness>", "<thinker>", "<extra_id_>", "[MASKED]", "<||>",
    "[0.00]",
)  # fmt: skip
